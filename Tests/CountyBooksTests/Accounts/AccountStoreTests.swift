import StoreContracts
import Testing

@Suite("A store of accounts")
struct AccountStoreTests {
    @Test("in memory keeps to the contract", arguments: AccountStoreContract.allCases)
    func memory(clause: AccountStoreContract) throws { try clause.check(MemoryAccountStore()) }

    @Test("in memory keeps to the contract of sessions", arguments: SessionStoreContract.allCases)
    func sessions(clause: SessionStoreContract) throws {
        let store = MemoryAccountStore()
        try clause.check { store }
    }
}
