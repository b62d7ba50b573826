extension WaybillReading {
    private static let goodsWarning = "this is the barcode of goods, not a waybill"

    // MARK: Scans that say what they are

    /// The station's own cards, badges and tokens.
    static func own(_ units: [UInt8]) -> Self? {
        guard units.first == Card.prefix.utf8.first || units.first == 0x39 else { return nil }
        let text = String(decoding: units, as: UTF8.self)
        return text.hasPrefix(Card.prefix) || Token.looksLikeToken(text) ? Self(units, .locker) : nil
    }

    /// SF's label QR, read as the waybill inside.
    static func labelQR(_ units: [UInt8]) -> Self? { LabelQR.waybill(in: units).map(plain) }

    /// The parcel or the goods that a web address names (GS1 Digital Link).
    static func linked(_ units: [UInt8]) -> Self? {
        guard let link = DigitalLink(units) else { return nil }
        if let sscc = link.sscc { return logisticUnit(sscc) }
        return link.gtin.map { goods(gtin: $0) }
    }

    /// Data of an EAN or GS1 barcode, as the scanner or their own form says; `nil` when the data do not bear it out.
    static func marked(_ units: [UInt8], _ symbology: Symbology?) -> Self? {
        if symbology?.isGoods == true, let number = GoodsCode.ean(units) {
            return goods([number, (symbology?.units ?? []) + units])
        }
        let isElementString =
            symbology?.isGS1 == true || units.first == UInt8(ascii: "(") || units.contains(ElementString.separator)
        guard isElementString, let fields = ElementString(units) else { return nil }
        if let sscc = fields.sscc { return logisticUnit(sscc) }
        // A carrier whose printer sets FNC1 by mistake still gets its parcels in.
        let likeliest = BrandPattern.hints(for: units).first?.percent ?? 0
        let isCarriers = likeliest >= BrandPattern.fitsWellPercent || likeliest > 0 && !ElementString.isAssigned(units)
        guard !isCarriers, !isSSCC(units) else { return nil }
        if let gtin = fields.gtin, GoodsCode.isChecked(gtin) { return goods(gtin: gtin) }
        if let ginc = fields.ginc { return consignment(ginc) ?? other(units, symbology) }
        return other(units, symbology)
    }

    /// Goods by the 14 digits of their number.
    private static func goods(gtin: [UInt8]) -> Self {
        goods([gtin[0] == 0x30 ? Array(gtin[1...]) : gtin, "01".utf8 + gtin])
    }

    /// Goods, in the first spelling that reads as goods; the last one always does.
    private static func goods(_ spellings: [[UInt8]]) -> Self {
        let spelling = spellings.first { plain($0).kind == .gtin } ?? spellings.last ?? []
        return Self(spelling, .gtin, check: .valid, warnings: [goodsWarning])
    }

    /// An SSCC: without its application identifier where the 18 digits alone still read as one. A wrong check digit
    /// leaves the identifier, which may then be part of the number.
    private static func logisticUnit(_ number: [UInt8]) -> Self {
        let isShort = GoodsCode.isChecked(number) && OtherCode(number) == nil
        return Self(
            isShort ? number : "00".utf8 + number,
            .sscc,
            check: GoodsCode.isChecked(number) ? .valid : .invalid
        )
    }

    /// A GINC: the carrier's number of a consignment, which names a parcel only when it holds a single one. (A GSIN, AI
    /// 402, is the seller's: it names none.)
    private static func consignment(_ number: [UInt8]) -> Self? {
        var reading = plain(number)
        guard reading.isWaybill else { return nil }
        reading.warnings.append("the number is that of a consignment (GINC), which may hold several parcels")
        return reading
    }

    private static func other(_ units: [UInt8], _ symbology: Symbology?) -> Self {
        let warning = "a GS1 barcode without the number of a parcel (SSCC): scan the one that begins with (00)"
        return Self((symbology?.units ?? []) + units, .unknown, warnings: [warning])
    }

    // MARK: Bare numbers

    /// A bare number or text, by its form.
    static func plain(_ units: [UInt8]) -> Self {
        // The only parcel of a waybill carries two barcodes, and is one parcel.
        if let child = ChildParcel(units), child.isWhole {
            let parent = plain(Array(child.stem.rawValue.utf8))
            if parent.isWaybill { return parent }
        }
        if isS10(units) { return item(units) }
        let hints = BrandPattern.hints(for: units)
        if GoodsCode.isGoods(units, fitsCarrier: !hints.isEmpty) {
            return Self(units, .gtin, check: .valid, warnings: [goodsWarning])
        }
        if let code = OtherCode(units) {
            return Self(code == .personal ? [] : units, .unknown, warnings: [code.warning])
        }
        if isSSCC(units) { return logisticUnit(Array(units.suffix(18))) }
        guard isPlausible(units) else { return Self(units, .unknown) }
        var reading = Self(units, .waybill)
        reading.brands = hints
        if GoodsCode.isDoubtful(units, fitsWell: reading.likelyBrand != nil) {
            reading.warnings.append("this may be the barcode of goods: compare with the label")
        }
        return reading
    }

    private static func isS10(_ units: [UInt8]) -> Bool {
        units.count == 13 && units[..<2].allSatisfy(\.isCapital) && units[2..<11].allSatisfy(\.isDigit)
            && units[11...].allSatisfy(\.isCapital)
    }

    private static func item(_ units: [UInt8]) -> Self {
        let isRight = CheckDigit.s10(serial: units[2..<10]) == units[10] - 0x30
        var reading = Self(units, .s10, check: isRight ? .valid : .invalid)
        reading.brands = [BrandHint(brand: "POST", percent: isRight ? 95 : 80)]
        if "JKSTW".utf8.contains(units[0]) {
            reading.warnings.append("the first letter is reserved in UPU S10: compare with the label")
        }
        return reading
    }

    /// With its application identifier in front, or bare when the check digit is right.
    private static func isSSCC(_ units: [UInt8]) -> Bool {
        guard units.allSatisfy(\.isDigit) else { return false }
        return units.count == 20 && units.starts(with: "00".utf8) || units.count == 18 && GoodsCode.isChecked(units)
    }

    /// A number on a waybill holds letters, digits and hyphens, is 8 to 32 long and mostly digits.
    private static func isPlausible(_ units: [UInt8]) -> Bool {
        (Limits.waybillCharactersMin...Limits.waybillCharactersMax).contains(units.count)
            && units.allSatisfy { $0.isDigit || $0.isCapital || $0 == ChildParcel.hyphen }
            && units[0] != ChildParcel.hyphen && units.count(where: \.isDigit) >= 6
    }
}
