import Foundation
import StationConfiguration

/// A root folder with the configuration files of one station.
final class Root: Sendable {
    let path: String

    init(_ station: String? = Example.text) throws {
        path = NSTemporaryDirectory() + "configuration-\(UUID().uuidString)"
        if let station { try write(station, places.station) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var places: ConfigurationLoader.Places { ConfigurationLoader.Places(root: path) }

    func write(_ text: String, _ file: String) throws { try write(Data(text.utf8), file) }

    func write(_ data: Data, _ file: String) throws {
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try data.write(to: URL(filePath: file))
    }

    func load() throws(ConfigurationFault) -> StationConfiguration { try ConfigurationLoader.load(places) }

    /// The fault of this configuration, or of the county's file that was left out; `nil` when it has none.
    func fault() -> ConfigurationFault? {
        do throws(ConfigurationFault) {
            return try load().policyFault
        } catch {
            return error
        }
    }
}

/// The example of DESIGN 4.1 with its `[[door]]` block instead of a profile.
enum Example {
    static let text = """
        [station]
        id = "yc-beiliu-0231"         # the enrolment token is bound to it
        kind = "locker"               # locker | terminal | both
        village = "140522102206"      # 区划代码
        timezone = "Asia/Shanghai"
        [county]
        url = "https://county.example.cn/locker"
        [board]
        driver = "gpiod"              # gpiod | simulated
        [[door]]
        name = "A01"
        size = "M"                    # S | M | L | XL
        reach = "mid"                 # low | mid | high
        chilled = false
        lock = { chip = "gpio-sim.0-node0", line = 3, active_low = false }   # or { name = "A01-LOCK" }
        sensor = { chip = "gpio-sim.0-node0", line = 19, closed = "high", bias = "pull-up" }
        [[shelf]]
        name = "S1"
        places = 40
        [[scanner]]
        match = { usb = "05f9:2214" } # or { port = "1-1.2" } or { serial = "SN1" }
        role = "scanner"              # scanner | keypad
        [signals]
        green = { chip = "gpio-sim.0-node0", line = 30 }
        red = { chip = "gpio-sim.0-node0", line = 31 }
        buzzer = { name = "BUZZER" }
        [[camera]]
        name = "front"
        url = "rtsp://192.168.1.64:554/Streaming/Channels/101"
        covers = ["deposit", "pickup", "outbound"]
        [policy]
        hold_hours = 72

        """

    /// The example with one piece of it changed, and the line of the first change.
    static func replacing(_ old: String, _ new: String) -> String {
        precondition(text.contains(old), "the example has no \(old)")
        return text.replacingOccurrences(of: old, with: new)
    }

    static func line(of piece: String, in text: String = Example.text) -> Int? {
        text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(piece) }.map { $0 + 1 }
    }
}
