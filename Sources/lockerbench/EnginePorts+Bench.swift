import PortFakes
import SimulatedDevices
import StationEngine
import StationPorts

extension EnginePorts {
    /// A station whose journal and doors matter; the rest lives in memory.
    static func bench(
        journal: any JournalPort,
        outbox: any OutboxPort,
        doors: any DoorPort,
        clock: any ClockPort
    ) -> EnginePorts {
        EnginePorts(
            journal: journal,
            outbox: outbox,
            doors: doors,
            signals: SimulatedSignals(),
            clock: clock,
            entropy: SeededEntropy(seed: 7),
            keys: MemoryKeys(),
            contacts: MemoryContacts(),
            lifeMarks: MemoryLifeMark()
        )
    }
}
