public import Logging

/// Hands the lines of one logger to the sink of the process.
public struct ServiceLog: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let sink: LogSink
    private let label: String

    /// `label` is the logger's; one that is not the program's name is a field.
    public init(_ sink: LogSink, label: String, level: Logger.Level = .info) {
        (self.sink, self.label, logLevel) = (sink, label, level)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
        sink.write(event.message.description, event.level, logger: label, all)
    }
}
