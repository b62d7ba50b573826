import CountyBooks
import CountyReceiver
import Testing

@Suite("The desk for recipients' phone numbers")
struct PhoneDeskTests {
    @Test("it gives the number that was typed, and nothing where there is none")
    func phone() async throws {
        try await withStation { county, station, client in
            let desk: any PhoneDesk = county.county
            let body = try await ContactTests.sealed(station, county, client)
            #expect(try desk.phone(station: station.id, waybill: ContactTests.waybill) == nil)
            #expect(try await ContactTests.put(body, station, client).status == 204)
            #expect(try desk.phone(station: station.id, waybill: "sf7444404156506") == ContactTests.phone)
            for waybill in ["SF7444404156507", "", "no waybill 无", ContactTests.phone] {
                #expect(try desk.phone(station: station.id, waybill: waybill) == nil, "\(waybill)")
            }
            #expect(try desk.phone(station: "yc-none-9", waybill: ContactTests.waybill) == nil)
        }
    }
}
