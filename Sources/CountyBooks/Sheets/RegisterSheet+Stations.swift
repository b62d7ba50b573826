extension RegisterSheet {
    /// Ids of all stations that the sheet names. A register of sites comes before the enrolment sheets by which the
    /// county gets to know its stations, so that those it names count as known. A phone number in the column is no id,
    /// and must not get into the words of a fault.
    public var stations: Set<String> {
        lines.reduce(into: []) { stations, line in
            if case .site(let site) = line.dated.row {
                stations.formUnion(site.stations.filter { !AuditText.holdsPhone($0) })
            }
        }
    }
}
