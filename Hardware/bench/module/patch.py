#!/usr/bin/env python3
"""Changes the kernel's gpio-sim for the bench, in the folder given; fails if a spot is not there exactly once."""

import pathlib
import re
import sys


def change(path, pattern, replacement):
    text = path.read_text()
    text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE | re.DOTALL)
    if count != 1:
        sys.exit(f"{path.name}: {pattern!r} was found {count} times, not once: the kernel's source has changed")
    path.write_text(text)


folder = pathlib.Path(sys.argv[1])
sim = folder / "gpio-sim.c"

# With keep=1 an output stays as it was when its process dies, as many boards' kernels leave it. The release is
# traced because the kernel's own tracepoints do not show it, and without it a pulse that ends so has no end.
change(
    sim,
    r"^static void gpio_sim_free\(",
    "#include <linux/moduleparam.h>\n"
    "static bool keep;\n"
    "module_param(keep, bool, 0644);\n\n"
    r"\g<0>",
)
change(
    sim,
    r"^(static void gpio_sim_free\([^}]*?\n)(\t+)(__assign_bit\(offset, chip->value_map,[^;]*;)",
    r"\1\2{\n"
    r"\2\tif (!keep)\n"
    r"\2\t\t\3\n"
    r'\2\ttrace_printk("release %u level %d\\n", gc->base + offset, test_bit(offset, chip->value_map));' "\n"
    r"\2}",
)

# irq_to_desc is not exported to modules.
change(folder / "irq_sim.c", r"handle_simple_irq\(irq_to_desc\(irqnum\)\)", "generic_handle_irq(irqnum)")
