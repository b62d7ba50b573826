import Foundation
import Glibc
import HostSupport
import LockerDomain
import LockerTestKit
import Logging
import Testing

extension SystemdTests {
    @Suite("The log")
    struct LogTests {
        /// Stands for stderr; its inode is what systemd names in `JOURNAL_STREAM`.
        private final class Errors {
            let descriptor: Int32
            private let end: Int32

            init() throws {
                var ends: [Int32] = [0, 0]
                try #require(pipe(&ends) == 0)
                (end, descriptor) = (ends[0], ends[1])
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }

            deinit {
                close(end)
                close(descriptor)
            }

            var stream: String {
                var info = stat()
                fstat(descriptor, &info)
                return "\(info.st_dev):\(info.st_ino)"
            }

            func text() -> String {
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = read(end, &buffer, buffer.count)
                return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
            }
        }

        private let journal: DatagramReceiver
        private let errors: Errors

        init() throws { (journal, errors) = (try DatagramReceiver(), try Errors()) }

        private func logger(_ label: String = "lockerd", stream: String? = nil) -> Logger {
            let sink = SystemdTests.with(["JOURNAL_STREAM": stream ?? errors.stream]) {
                LogSink(identifier: "lockerd", errors: errors.descriptor, journal: journal.name)
            }
            return Logger(label: label) { ServiceLog(sink, label: $0) }
        }

        /// The fields of an entry in journald's own protocol.
        private func fields(_ bytes: [UInt8]?) throws -> [String: String] {
            var rest = try #require(bytes)[...]
            var fields: [String: String] = [:]
            while !rest.isEmpty {
                let end = try #require(rest.firstIndex(of: 0x0A))
                let line = rest[..<end]
                if let equals = line.firstIndex(of: 0x3D) {
                    fields[String(decoding: line[..<equals], as: UTF8.self)] =
                        String(decoding: line[(equals + 1)...], as: UTF8.self)
                    rest = rest[(end + 1)...]
                } else {
                    let value = rest.index(end, offsetBy: 9)
                    let length = rest[(end + 1)..<value].reversed().reduce(0) { $0 << 8 | Int($1) }
                    fields[String(decoding: line, as: UTF8.self)] =
                        String(decoding: rest[value..<(value + length)], as: UTF8.self)
                    #expect(rest[value + length] == 0x0A)
                    rest = rest[(value + length + 1)...]
                }
            }
            return fields
        }

        @Test("under systemd a line is one entry with fields, and nothing goes to stderr")
        func entry() throws {
            var logger = logger()
            logger[metadataKey: "station"] = "yc-beiliu-0231"
            logger.error("door A01 did not open", metadata: ["door": "A01"])
            #expect(
                try fields(journal.nextBytes()) == [
                    "MESSAGE": "door A01 did not open", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "lockerd",
                    "STATION": "yc-beiliu-0231", "DOOR": "A01",
                ]
            )
            #expect(journal.next() == nil)
            #expect(errors.text() == "")
        }

        @Test("each level has its priority, and another logger of the process is named")
        func levels() throws {
            var logger = logger("hummingbird")
            logger.logLevel = .trace
            for (level, priority) in zip(Logger.Level.allCases, ["7", "7", "6", "5", "4", "3", "2"]) {
                logger.log(level: level, "x")
                let fields = try fields(journal.nextBytes())
                #expect(fields["PRIORITY"] == priority, "\(level)")
                #expect(fields["LOGGER"] == "hummingbird")
                #expect(fields["SYSLOG_IDENTIFIER"] == "lockerd")
            }
        }

        @Test("a value of several lines arrives whole, and cannot make fields of its own")
        func lines() throws {
            let text = "first\nMESSAGE=forged\n_UID=0\n"
            logger().notice("\(text)", metadata: ["cause": "a\nb"])
            let fields = try fields(journal.nextBytes())
            #expect(fields["MESSAGE"] == text)
            #expect(fields["CAUSE"] == "a\nb")
            #expect(fields["_UID"] == nil)
        }

        @Test(
            "a key becomes a name that journald takes, and no field of the journal's own",
            arguments: [
                ("door", "DOOR"), ("hb.request.id", "HB_REQUEST_ID"), ("_pid", "LOG_PID"), ("9th", "LOG_9TH"),
                ("message", "LOG_MESSAGE"), ("a=b\nc", "A_B_C"), ("门", "LOG_"), ("", "LOG_"),
                (String(repeating: "k", count: 100), String(repeating: "K", count: 64)),
            ]
        )
        func names(_ row: (key: String, name: String)) throws {
            logger().notice("x", metadata: [row.key: "v"])
            let fields = try fields(journal.nextBytes())
            #expect(fields[row.name] == "v", "\(fields)")
            #expect(fields["MESSAGE"] == "x")
        }

        @Test("a line that is too long for a datagram arrives cut, between two characters")
        func tooLong() throws {
            logger().notice("\(String(repeating: "柜", count: 700_000))", metadata: ["door": "A01"])
            let bytes = try #require(journal.nextBytes())
            #expect(bytes.count < ServiceLimits.logValueBytesMax + 200)
            let message = try #require(try fields(bytes)["MESSAGE"])
            #expect(message.hasSuffix("柜…") && !message.contains("\u{FFFD}"))
            #expect(try fields(bytes)["DOOR"] == "A01")
            #expect(errors.text() == "")
        }

        @Test("lines that journald does not take in time are counted and do not hold up whoever logs")
        func late() throws {
            let logger = logger()
            // More than any kernel queues for one socket.
            for number in 1...5_000 { logger.notice("\(number)") }
            let taken = journal.all().count
            #expect(taken < 5_000)
            logger.notice("it listens again")
            let notice = try fields(journal.nextBytes())
            #expect(
                notice["MESSAGE"] == "\(5_000 - taken) lines of the log are lost: journald did not take them in time"
            )
            #expect(notice["PRIORITY"] == "4")
            #expect(try fields(journal.nextBytes())["MESSAGE"] == "it listens again")
            #expect(errors.text() == "")
        }

        @Test("with journald's socket gone the line goes to stderr with its priority")
        func gone() {
            let logger = logger()
            journal.end()
            logger.critical("two\nlines", metadata: ["door": "A01"])
            #expect(errors.text() == "<2>two lines door=A01\n")
        }

        @Test("a process whose stderr does not lead to journald writes plain lines", arguments: ["8:12345", "", "x"])
        func plain(_ stream: String) {
            logger(stream: stream).warning("x", metadata: ["b": "2", "a": "1"])
            #expect(errors.text() == "warning: x a=1 b=2\n")
            #expect(journal.next() == nil)
        }
    }
}
