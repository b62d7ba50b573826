extension AccountRole {
    /// The table role × permission. A new permission does not compile before each role has its answer; a test prints
    /// it.
    public func may(_ permission: Permission) -> Bool {
        switch self {
        case .clerk: Self.clerkMay(permission)
        case .dispatcher: Self.dispatcherMay(permission)
        case .inspector: Self.inspectorMay(permission)
        case .operatorFirm: Self.operatorMay(permission)
        case .carrier: Self.carrierMay(permission)
        case .admin: Self.adminMay(permission)
        }
    }

    private static func clerkMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readQuarantined, .readEnrolments, .readSetUp, .readManifests, .changeRegisters, .importManifest,
            .closePeriod, .issueCorrection, .makeEnrolments, .export, .changeOwnPassword:
            true
        case .readStorage, .readAccounts, .readAuditLog, .sendCommands, .lookAtPhone, .changeAccounts, .backup: false
        }
    }

    private static func dispatcherMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readQuarantined, .sendCommands, .lookAtPhone, .export, .changeOwnPassword:
            true
        case .readEnrolments, .readSetUp, .readManifests, .readStorage, .readAccounts, .readAuditLog, .changeRegisters,
            .importManifest, .closePeriod, .issueCorrection, .makeEnrolments, .changeAccounts, .backup:
            false
        }
    }

    /// Reads all, so that no figure is beyond doubt; without phone numbers and changes.
    private static func inspectorMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readQuarantined, .readEnrolments, .readSetUp, .readManifests, .readStorage, .readAccounts, .readAuditLog,
            .export, .changeOwnPassword:
            true
        case .changeRegisters, .importManifest, .closePeriod, .issueCorrection, .makeEnrolments, .sendCommands,
            .lookAtPhone, .changeAccounts, .backup:
            false
        }
    }

    /// Registers hold the staff and the own figures of other firms.
    private static func operatorMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readReport, .export, .changeOwnPassword:
            true
        case .readRegisters, .readQuarantined, .readEnrolments, .readSetUp, .readManifests, .readStorage,
            .readAccounts, .readAuditLog, .changeRegisters, .importManifest, .closePeriod, .issueCorrection,
            .makeEnrolments, .sendCommands, .lookAtPhone, .changeAccounts, .backup:
            false
        }
    }

    /// Doors, runs and last events of a station show other brands.
    private static func carrierMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readVillage, .readParcel, .readReport, .export, .changeOwnPassword: true
        case .readStation, .readRuns, .readRegisters, .readQuarantined, .readEnrolments, .readStorage, .readAccounts,
            .readSetUp, .readManifests, .readAuditLog, .changeRegisters, .importManifest, .closePeriod,
            .issueCorrection, .makeEnrolments, .sendCommands, .lookAtPhone, .changeAccounts, .backup:
            false
        }
    }

    /// Sets an empty county up; what is reported, ordered or asked of a recipient is the act of a clerk or dispatcher.
    private static func adminMay(_ permission: Permission) -> Bool {
        switch permission {
        case .readToday, .readStation, .readVillage, .readParcel, .readRuns, .readRegisters, .readReport,
            .readQuarantined, .readEnrolments, .readSetUp, .readManifests, .readStorage, .readAccounts, .readAuditLog,
            .changeRegisters, .importManifest, .makeEnrolments, .changeAccounts, .backup, .export, .changeOwnPassword:
            true
        case .closePeriod, .issueCorrection, .sendCommands, .lookAtPhone: false
        }
    }
}
