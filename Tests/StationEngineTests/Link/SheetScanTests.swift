import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import SyncWire
import Testing

@Suite("Enrolment sheets that a scanner reads")
struct SheetScanTests {
    private static let waitMilliseconds: Int64 = 120_000

    private let bench: Bench
    private let pace = PaceClock()
    private let control: StationControl
    private let token = EnrolmentToken(
        station: Bench.station,
        secret: String(repeating: "5a", count: 16),
        countyKey: [UInt8](repeating: 7, count: 32)
    ).description

    init() async throws {
        bench = try await Bench(enrolled: false).started()
        control = StationControl(
            engine: bench.engine,
            runner: bench.runner(SilentUplink(), pace: pace),
            outbox: bench.journal,
            simulated: true,
            faults: { [] }
        )
        bench.engine.post(.scanner(.attached("sim-1", role: .scanner, usb: "0000:0001", serial: nil)))
        await bench.settle()
    }

    /// A call that waits: the rest of the test comes behind its beginning.
    private func waiting() async throws -> Task<Result<String, ControlFault>, Never> {
        let task = Task { [control] in await Self.result(of: control) }
        try await eventually("it waits") { pace.hasWake(in: Self.waitMilliseconds) }
        return task
    }

    private static func result(of control: StationControl) async -> Result<String, ControlFault> {
        do throws(ControlFault) {
            return .success(try await control.sheetToken(milliseconds: waitMilliseconds))
        } catch {
            return .failure(error)
        }
    }

    private func fault(_ result: Result<String, ControlFault>) -> String {
        if case .failure(let fault) = result, fault.code == .unavailable { fault.description } else { "no fault" }
    }

    /// Whether a line of the journal came, or one of them holds the secret.
    private func journal(grewBehind count: Int) -> Bool {
        bench.journal.all.count != count
            || bench.journal.all.contains { String(decoding: $0.bytes, as: UTF8.self).contains("5a5a5a") }
    }

    @Test("that nobody asked for is answered with what to type, whole or not, and leaves nothing in the journal")
    func unasked() async throws {
        let before = bench.journal.all.count
        for text in [
            token, "]Q1\(token)", " \(token)\t", token.lowercased(), String(token.prefix(40)), token + "\u{1}",
        ] {
            #expect(await bench.scan(text) == [.enrolmentSheet], "\(text)")
        }
        #expect(await bench.engine.screen().answer == Answer(.enrolmentSheet))
        #expect(bench.signals.history.last == "red double")
        #expect(!journal(grewBehind: before))
        #expect(await bench.scan("VLE2.\(token.dropFirst(5))") == [.unknownCode], "any other text goes on as before")
        #expect(bench.journal.all.count == before + 1)
    }

    @Test("goes whole to the call that waits, and to nobody else; a scanner that reads it again is told so for a while")
    func taken() async throws {
        let call = try await waiting()
        let before = bench.journal.all.count
        #expect(await bench.scan(String(token.dropLast())) == [.unreadable], "it goes on waiting")
        #expect(await bench.scan("]Q1\(token)") == [.noted])
        #expect(try await call.value.get() == token)
        #expect(await bench.scan(token) == [.doubled])
        #expect(!journal(grewBehind: before))
        await bench.advance(Limits.duplicateScanMilliseconds)
        #expect(await bench.scan(token) == [.enrolmentSheet])
    }

    @Test("is taken once, and the next call begins with nothing")
    func once() async throws {
        let first = try await waiting()
        await bench.scan(token)
        _ = await first.value
        pace.inner.advance(by: 1)
        let second = try await waiting()
        pace.inner.advance(by: Self.waitMilliseconds)
        #expect(fault(await second.value).hasPrefix("no enrolment sheet was read (没有扫到入网单): type the command again"))
    }

    @Test("a second call is refused while one waits, and the first goes on")
    func second() async throws {
        let first = try await waiting()
        #expect(fault(await Self.result(of: control)).hasPrefix("somebody else waits for an enrolment sheet"))
        await bench.scan(token)
        #expect(try await first.value.get() == token)
    }

    @Test("a call ends at its time and not before, and when its caller goes away; then another may wait")
    func ends() async throws {
        let late = try await waiting()
        pace.inner.advance(by: Self.waitMilliseconds - 1)
        #expect(fault(await Self.result(of: control)).hasPrefix("somebody else waits"))
        pace.inner.advance(by: 1)
        #expect(fault(await late.value).hasPrefix("no enrolment sheet was read"))
        let gone = try await waiting()
        gone.cancel()
        #expect(fault(await gone.value).hasPrefix("no enrolment sheet was read"))
        pace.inner.advance(by: 1)
        let stopped = try await waiting()
        await bench.engine.stop(reason: "asked to stop")
        #expect(fault(await stopped.value).hasPrefix("no enrolment sheet was read"))
    }

    @Test("without a scanner nobody waits in vain; a number pad is none")
    func noScanner() async throws {
        bench.engine.post(.scanner(.detached("sim-1")))
        bench.engine.post(.scanner(.attached("sim-2", role: .keypad, usb: "0000:0002", serial: nil)))
        await bench.settle()
        #expect(fault(await Self.result(of: control)).hasPrefix("no scanner is attached to the station"))
    }

    @Test("a scanner beside the station's own is read for the sheet alone, and only while somebody waits")
    func beside() async throws {
        let scanner = SimulatedScanners()
        let control = StationControl(
            engine: bench.engine,
            runner: bench.runner(SilentUplink(), pace: pace),
            outbox: bench.journal,
            simulated: true,
            faults: { [] },
            sheetScanner: { scanner }
        )
        let before = bench.journal.all.count
        let call = Task { await Self.result(of: control) }
        try await eventually("it waits") { pace.hasWake(in: Self.waitMilliseconds) }
        scanner.type("SF7444404156506", role: .scanner)
        scanner.type(token, role: .scanner)
        #expect(try await call.value.get() == token)
        scanner.type(token, role: .scanner)
        await bench.settle()
        #expect(!journal(grewBehind: before))
        #expect(await bench.engine.screen().answer?.id == .noted)
    }
}
