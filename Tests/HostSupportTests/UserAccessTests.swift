import Foundation
import Glibc
import HostSupport
import Testing

@Suite("What another user may do with a file")
struct UserAccessTests {
    private let path: String
    private let (owner, group): (uid_t, gid_t)

    init() throws {
        path = NSTemporaryDirectory() + "access-\(UUID().uuidString)"
        try Data().write(to: URL(filePath: path))
        var info = stat()
        try #require(stat(path, &info) == 0)
        (owner, group) = (info.st_uid, info.st_gid)
    }

    private func fault(_ mode: mode_t, uid: uid_t, groups: Set<gid_t>, writing: Bool) -> String? {
        chmod(path, mode)
        return UserAccess(name: "lockerd", uid: uid, groups: groups).fault(path, writing: writing, fix: "mend it")
    }

    @Test("by the mode for others, for its groups, and as the owner, the nearest of which counts")
    func modes() {
        defer { unlink(path) }
        let (stranger, other) = (owner + 4_711, group + 4_711)
        #expect(fault(0o640, uid: stranger, groups: [other], writing: false) != nil)
        #expect(fault(0o640, uid: stranger, groups: [other, group], writing: false) == nil)
        #expect(fault(0o640, uid: stranger, groups: [group], writing: true) != nil)
        #expect(fault(0o660, uid: stranger, groups: [group], writing: true) == nil)
        #expect(fault(0o606, uid: stranger, groups: [group], writing: true) != nil, "the group counts before others")
        #expect(fault(0o606, uid: stranger, groups: [other], writing: true) == nil)
        #expect(
            fault(0o600, uid: stranger, groups: [other], writing: false)?.contains("mode 600: lockerd may not read it")
                == true
        )
        #expect(fault(0o600, uid: stranger, groups: [other], writing: true)?.hasSuffix("(没有权限); mend it") == true)
    }

    @Test("root may do everything, of a file that is not there nothing is said, and a user who is none is none")
    func none() {
        defer { unlink(path) }
        #expect(fault(0, uid: 0, groups: [], writing: true) == nil)
        let access = UserAccess(name: "lockerd", uid: 4_711, groups: [])
        #expect(access.fault(path + "-none", writing: true, fix: "") == nil)
        #expect(UserAccess(user: "no-such-user-here") == nil)
        #expect(UserAccess(user: "root") != nil)
    }
}
