package import LockerDomain

/// What the county tells of a parcel in advance (预报). Its line in a manifest, the announced parcel of which it is a part and
/// its entry under another number all give it this, so that none of them forgets a field.
struct Announcement: Sendable, Hashable {
    /// `false` for what the books took in unannounced: the fields hold what was seen or typed here.
    var isCountys: Bool
    var parties: Parties
    var size: Size
    var chilled: Bool
    var recipientKey: String?
    var isKeyTyped = false
    var phoneMasked: String?
    var consent: Consent
    var senderAgreement: Bool
    var reach: Reach?
    var run: String?
    var announcedRun: String?
    var bag: String?
    var hamlet: String?
    var station: String?

    /// - Parameter parties: of the line, completed by the station's own.
    init(_ entry: ManifestEntry, _ parties: Parties) {
        isCountys = true
        self.parties = parties
        size = entry.size
        chilled = entry.chilled
        recipientKey = entry.recipientKey
        phoneMasked = entry.phoneMasked
        consent = entry.consent
        senderAgreement = entry.senderAgreement
        reach = entry.reach
        run = entry.run
        announcedRun = entry.run
        bag = entry.bag
        hamlet = entry.hamlet
        station = entry.station
    }

    /// What the books have of it.
    init(_ parcel: Parcel) {
        isCountys = parcel.announced
        parties = parcel.parties
        size = parcel.size
        chilled = parcel.chilled
        recipientKey = parcel.recipientKey
        isKeyTyped = parcel.isKeyTyped
        phoneMasked = parcel.phoneMasked
        consent = parcel.consent
        senderAgreement = parcel.senderAgreement
        reach = parcel.reach
        run = parcel.run
        announcedRun = parcel.announcedRun
        bag = parcel.bag
        hamlet = parcel.hamlet
        station = parcel.station
    }

    /// Whether the county knows the recipient's phone.
    fileprivate var hasCountysKey: Bool { recipientKey != nil && !isKeyTyped }
}

extension Parcel {
    /// A parcel that is announced and not seen yet.
    init(_ waybill: Waybill, codeOf: Waybill?, n: UInt32, as announcement: Announcement, at wall: Int64) {
        self.init(
            waybill: waybill,
            codeOf: codeOf,
            parties: announcement.parties,
            size: announcement.size,
            n: n,
            status: .expected,
            announced: true,
            changed: wall
        )
        fill(from: announcement)
        chilled = announcement.chilled
    }

    /// A part (子件) of an announced parcel, which takes from it all that was announced, and its code.
    package init(_ waybill: Waybill, partOf parent: Parcel, at wall: Int64) {
        self.init(waybill, codeOf: parent.codeName, n: parent.n, as: Announcement(parent), at: wall)
    }

    /// Takes what nobody knew of it so far. What was seen or typed here stays.
    mutating func fill(from told: Announcement) {
        if !announced, told.isCountys {
            parties = told.parties
            size = told.size
            chilled = told.chilled
        }
        announced = announced || told.isCountys
        // The county's key is the same at all its stations and for all parcels of the recipient.
        if recipientKey == nil || told.hasCountysKey && !hasCountysKey {
            (recipientKey, isKeyTyped) = (told.recipientKey, told.isKeyTyped)
        }
        phoneMasked = phoneMasked ?? told.phoneMasked
        if consent == .unknown { consent = told.consent }
        senderAgreement = senderAgreement || told.senderAgreement
        reach = reach ?? told.reach
        run = run ?? told.run
        announcedRun = announcedRun ?? told.announcedRun
        bag = bag ?? told.bag
        hamlet = hamlet ?? told.hamlet
        station = station ?? told.station
    }

    /// Takes from the line of a manifest what nobody knew, and a counter of its code that is higher.
    package mutating func fill(from entry: ManifestEntry, _ parties: Parties) {
        fill(from: Announcement(entry, parties))
        n = max(n, entry.n)
    }
}
