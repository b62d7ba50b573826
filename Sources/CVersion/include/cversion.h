#pragma once

/// The one place that says which version this tree is: programs, packages and the git tag `vX.Y.Z` agree with it.
/// The environment's `LOCKER_VERSION` puts another number in its place (Package.swift) for CVersion alone, so that one
/// file is compiled anew; therefore ask the function, not the macro.
#ifndef VILLAGELOCKER_VERSION
#define VILLAGELOCKER_VERSION "0.2.0"
#endif

/// The version, `X.Y.Z`.
const char *_Nonnull lk_version(void);
