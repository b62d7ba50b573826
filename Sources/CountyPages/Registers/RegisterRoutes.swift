import CountyBooks

extension PageRoutes {
    /// Registers, the page of an empty county, enrolment sheets, manifests.
    static let registers: [PageRoute] = registerPages + setUp + enrolments + manifests

    private static let registerPages: [PageRoute] = [
        .page(PagePaths.registers, .permission(.readRegisters)) { try RegisterPages.all($0, $1) },
        .page("\(RegisterPaths.add)/:kind", .permission(.changeRegisters)) { try RegisterPages.add($0, $1) },
        .send("\(RegisterPaths.add)/:kind", .permission(.changeRegisters)) {
            try RegisterPages.add($0, $1)
        } send: {
            try RegisterChanges.add($0, $1, $2)
        },
        .page("\(RegisterPaths.upload)/:kind", .permission(.changeRegisters)) { try RegisterPages.upload($0, $1) },
        .send(
            "\(RegisterPaths.upload)/:kind",
            .permission(.changeRegisters),
            bodyBytesMax: CountyPagesLimits.uploadBytesMax
        ) {
            try RegisterPages.upload($0, $1)
        } send: {
            try RegisterChanges.load($0, $1, $2)
        },
        .page("\(PagePaths.registers)/:kind", .permission(.readRegisters)) { try RegisterPages.list($0, $1) },
        .read("\(PagePaths.registers)/:kind/\(RegisterPaths.template)", .permission(.readRegisters)) { _, request in
            .file(RegisterPages.template(try RegisterPages.kind(request)))
        },
        .page("\(PagePaths.registers)/:kind/:key", .permission(.readRegisters)) { try RegisterPages.one($0, $1) },
        .page("\(PagePaths.registers)/:kind/:key/:day", .permission(.changeRegisters)) {
            try RegisterPages.form($0, $1)
        },
        .send("\(PagePaths.registers)/:kind/:key/:day", .permission(.changeRegisters)) {
            try RegisterPages.form($0, $1)
        } send: {
            try RegisterChanges.change($0, $1, $2)
        },
        .page("\(PagePaths.registers)/:kind/:key/:day/\(RegisterPaths.withdraw)", .permission(.changeRegisters)) {
            try RegisterWithdrawing.page($0, $1)
        },
        .send("\(PagePaths.registers)/:kind/:key/:day/\(RegisterPaths.withdraw)", .permission(.changeRegisters)) {
            try RegisterWithdrawing.page($0, $1)
        } send: {
            try RegisterWithdrawing.withdraw($0, $1, $2)
        },
    ]
}
