//! temporary
use crate::value::Value;
/// Registry.
#[derive(Debug, Default)]
pub struct Registry {}
impl Registry {
    /// call
    pub fn call(&self, _function: usize, _arguments: &[Value<'_>]) -> Result<Value<'static>, (String, String)> {
        Err((String::new(), String::new()))
    }
}
