import FoundationEssentials
import Glibc

/// Processor time that processes have used, in seconds: programs and what measures them share the machine's cores.
enum ProcessorTime {
    /// Of another process, as the kernel counts it (in hundredths of a second, mostly).
    static func seconds(of process: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // Behind the name, which may hold anything: state is the third field, user and system time the 14th and 15th.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw BenchFault("\(text) is not what the kernel says of a process")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Of this process, all its threads.
    static func secondsHere() throws -> Double {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else {
            throw BenchFault("getrusage does not work here")
        }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
}
