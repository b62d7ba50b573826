import CountyBooks

extension PagePaths {
    /// Enrolment sheets (入网单).
    static let enrolments = "/enrolments"
}

extension PageRoutes {
    static let enrolments: [PageRoute] = [
        .page(PagePaths.enrolments, .permission(.readEnrolments)) { try EnrolmentPages.list($0, $1) },
        .send(PagePaths.enrolments, .permission(.makeEnrolments)) {
            try EnrolmentPages.list($0, $1)
        } send: {
            try EnrolmentMaking($0, $1, $2).answer()
        },
        .send(EnrolmentPages.revoke, on: PagePaths.enrolments, .permission(.makeEnrolments)) {
            try EnrolmentPages.list($0, $1)
        } send: {
            try EnrolmentPages.revoke($0, $1, $2)
        },
    ]
}
