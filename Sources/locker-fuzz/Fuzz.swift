import FuzzEntries

/// Entry of libFuzzer; it calls from one thread.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzEntries.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
