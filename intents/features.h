// What of the intent language this version can check. Everything else is an error (BP208) that says so.
#pragma once

namespace bgproof {

// Conditions and obligations on the AS path that need its language: `path within`, `path contains`, `path matches`,
// `path-len`, `origin-as`, `first-as`, `no-private-as`.
inline constexpr bool kPathConditions = false;

}  // namespace bgproof
