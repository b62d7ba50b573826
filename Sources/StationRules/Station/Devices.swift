import LockerDomain
import StationBooks

/// Scanners that come and go, cameras that answer or do not.
enum Devices {
    static func reported(_ report: ScannerReport, in turn: inout Turn) {
        switch report {
        case .attached(let name, let role, let usb, let serial):
            guard turn.books.scanners[name]?.attached != true else { return }
            turn.emit(.deviceScannerAttached(ScannerAttached(scanner: name, role: role, usb: usb, serial: serial)))
        case .detached(let name):
            guard let known = turn.books.scanners[name], known.attached || known.fault != nil else { return }
            turn.emit(.deviceScannerDetached(ScannerDetached(scanner: name)))
        case .faulted(let name, let reason):
            guard turn.books.scanners[name]?.fault != reason else { return }
            turn.emit(.deviceScannerFaulted(ScannerFaulted(scanner: name, reason: reason)))
        }
    }

    /// Offline after three misses in a row, online at the first answer (GB/T 28181-2016 9.6.1).
    static func read(_ name: CameraName, _ reading: CameraReading, in turn: inout Turn) {
        guard turn.settings.cameras.contains(name) else { return }
        switch reading {
        case .good:
            turn.cameraMisses[name] = 0
            if turn.books.cameras[name]?.online != true { turn.emit(.cameraOnline(CameraOnline(camera: name))) }
        case .missed(let reason):
            let misses = (turn.cameraMisses[name] ?? 0) + 1
            turn.cameraMisses[name] = misses
            if misses >= Limits.cameraMissesMax, turn.books.cameras[name]?.online != false {
                turn.emit(.cameraOffline(CameraOffline(camera: name, reason: reason)))
            }
        }
    }
}
