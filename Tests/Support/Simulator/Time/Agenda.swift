/// What is going to happen, earliest first; of two at one time the one that was planned first (a binary heap).
package struct Agenda {
    package typealias Act = (World) -> Void

    private struct Entry {
        var time: Int64
        var order: Int
        var act: Act

        static func < (left: Entry, right: Entry) -> Bool { (left.time, left.order) < (right.time, right.order) }
    }

    private var heap: [Entry] = []
    private var orders = 0

    package init() {}

    var nextTime: Int64? { heap.first?.time }

    package mutating func plan(at time: Int64, _ act: @escaping Act) {
        orders += 1
        heap.append(Entry(time: time, order: orders, act: act))
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, heap[child] < heap[parent] {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the earliest.
    package mutating func take() -> (time: Int64, act: Act)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.act)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
