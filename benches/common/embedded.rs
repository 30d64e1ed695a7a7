//! The plan's pack from inside the program, as `policy eval` loads it. Needs the feature `packs`.

use hongxian::engine::Engine;
use hongxian::pack::{Modules, PackFiles};
use hongxian::policies;

/// The engine over it.
pub fn plan() -> Engine {
    let plan = policies::named(policies::DEFAULT).map(PackFiles::from).unwrap_or_default();
    let builder = Engine::builder().modules(Modules::WithoutTests).pack(plan, "");
    builder.build().unwrap_or_else(|invalid| panic!("{invalid}"))
}
