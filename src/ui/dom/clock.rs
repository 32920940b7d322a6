//! What time it is.

use crate::answers::Stamp;

/// Milliseconds since 1970, by the device's clock.
pub(crate) fn now() -> Stamp {
    js_sys::Date::now().max(0.0) as Stamp
}
