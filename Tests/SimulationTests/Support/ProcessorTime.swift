import Glibc

/// What this process has used of its cores: the machine is not alone, its clock blurs every rate.
enum ProcessorTime {
    static var seconds: Double {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
