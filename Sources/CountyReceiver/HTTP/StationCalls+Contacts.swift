import CountySQLite
import GRDB
import Hummingbird
import LockerDomain
import SyncWire

extension StationCalls {
    /// `PUT …/contacts/{waybill}`: a phone number that was typed at the station, sealed to the county's key. It is kept
    /// as it came, beside the county's keyed hash of it: only a clerk who asks for the number sees it.
    func takeContact(_ call: IncomingCall, _ parameters: Parameters) async throws -> Reply {
        let station = try await authenticate(call, parameters)
        let text = parameters.get("waybill") ?? ""
        guard let reading = try? WaybillReading(text), reading.isWaybill, reading.normalized == text else {
            throw Problem.malformed("\"\(text.prefix(40))\" is not a waybill as stations write it")
        }
        let body = try call.inflatedBody()
        guard ContactSeal.isSealed(body) else {
            throw Problem.malformed(
                "the body is no sealed number of at most \(ContactSeal.sealedBytesMax) bytes: "
                    + "an object of encapsulatedKey and ciphertext"
            )
        }
        let now = county.now()
        let waybill = Waybill(rawValue: text)
        let recipientKey = county.recipientKey(ofSealed: body, waybill, station: station)
        let isKept = try await pool.write { db in
            try ContactBook.keep(
                db,
                station: station,
                waybill: waybill,
                sealed: body,
                recipientKey: recipientKey,
                at: now
            )
        }
        guard isKept else {
            throw Problem.internalFault(
                status: 503,
                "\(CountyLimits.contactsMax) phone numbers of \(station) are kept already: some are erased each hour"
            )
        }
        return .empty
    }
}
