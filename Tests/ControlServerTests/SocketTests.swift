import ControlAPI
import ControlServer
import Foundation
import Glibc
import Testing

extension ControlSocketTests {
    @Suite("Control socket, its file")
    struct SocketTests {
        private func mode(_ path: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return attributes[.posixPermissions] as? Int ?? -1
        }

        /// Leaves a socket file as a killed daemon does: nobody listens, nobody removed it.
        private func killed(at path: String) throws {
            let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            // Safe: sockaddr_un begins as every sockaddr does, and the length given is its own.
            let code = withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(code == 0)
        }

        private func failure(at path: String) async -> String? {
            await #expect(throws: ControlServiceError.self) { try await Served.service(at: path).run() }?.description
        }

        @Test("it is open to all, the umask is as before, and it is gone at the end")
        func bound() async throws {
            let before = umask(0o022)
            defer { umask(before) }
            let path = try Served.temporaryPath()
            try await Served.run(at: path) { served in
                _ = try await served.call("/v1/status")
                #expect(try mode(path) == 0o666)
                #expect(umask(0o022) == 0o022)
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }

        @Test("a stale socket file is replaced")
        func stale() async throws {
            let path = try Served.temporaryPath()
            try killed(at: path)
            #expect(FileManager.default.fileExists(atPath: path))
            try await Served.run(at: path) { (served: Served) async throws in
                #expect(try await served.call("/v1/status").status == 200)
            }
        }

        @Test("a socket that another daemon serves is not taken")
        func live() async throws {
            try await Served.run { (served: Served) async throws in
                let message = await failure(at: served.path)
                #expect(message?.contains("another lockerd answers on \(served.path)") == true)
                #expect(try await served.call("/v1/status").status == 200)
            }
        }

        @Test("a file that is not a socket stays")
        func otherFile() async throws {
            let path = try Served.temporaryPath()
            defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
            try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
            #expect(await failure(at: path)?.contains("is not a socket") == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
        }

        @Test("a path that cannot be bound says why and leaves the umask alone")
        func unusable() async throws {
            let before = umask(0o022)
            defer { umask(before) }
            #expect(await failure(at: "/nowhere/at/all/control.sock")?.contains("/nowhere/at/all/control.sock") == true)
            #expect(umask(0o022) == 0o022)
            let long = "/tmp/" + String(repeating: "长", count: 50)
            #expect(await failure(at: long)?.contains("155 bytes") == true)
        }
    }
}
