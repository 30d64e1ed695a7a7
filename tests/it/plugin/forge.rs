//! Plugins forged for the tests: core modules in text, whose functions do one thing, made into components.

use std::fmt::Write;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// The contract.
pub const WIT: &str = include_str!("../../../wasm-plugins/wit/plugin.wit");

/// Where the pieces that the functions use stand in memory; the description begins further on.
const TRUE: u32 = 0;
const NO_FINDINGS: u32 = 48;
const RETURNED: u32 = 64;
const POINTER: u32 = 112;
const SAID: u32 = 128;
const DESCRIPTION: u32 = 512;
/// Where the plugin's own heap begins.
const HEAP: u32 = 16_384;

/// A plugin with the function `f(text) -> bool` and the check `c`, which reads everything. Both look at a text, the
/// argument and `/id`; where it begins with `b`, they do what they are told, else they find everything good.
pub struct Forge {
    /// What `f` does, leaving the address of an answer if it comes back.
    pub call: String,
    /// What `c` does, likewise.
    pub check: String,
    /// What `describe` does; the description where empty.
    pub describe: String,
    /// Functions beside them.
    pub beside: String,
    /// Bytes at [`SAID`].
    pub said: Vec<u8>,
    /// The description.
    pub functions: Vec<(&'static str, u32)>,
}

impl Default for Forge {
    fn default() -> Self {
        Self {
            call: String::new(),
            check: String::new(),
            describe: String::new(),
            beside: String::new(),
            said: Vec::new(),
            functions: vec![("f", 0)],
        }
    }
}

/// Numbers and texts laid out as the canonical ABI has them.
struct Image {
    bytes: Vec<u8>,
}

impl Image {
    fn at(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap() + DESCRIPTION
    }

    fn text(&mut self, text: &str) -> [u32; 2] {
        let at = self.at();
        self.bytes.extend(text.as_bytes());
        while !self.bytes.len().is_multiple_of(8) {
            self.bytes.push(0);
        }
        [at, u32::try_from(text.len()).unwrap()]
    }

    fn words(&mut self, words: &[u32]) -> u32 {
        let at = self.at();
        self.bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        while !self.bytes.len().is_multiple_of(8) {
            self.bytes.extend([0; 4]);
        }
        at
    }
}

impl Forge {
    /// The same attack in the function and in the check.
    pub fn both(attack: &str) -> Self {
        Self { call: attack.to_owned(), check: attack.to_owned(), ..Self::default() }
    }

    /// The description in memory, and its address.
    fn description(&self) -> (Vec<u8>, u32) {
        let mut image = Image { bytes: Vec::new() };
        let (name, version, none) = (image.text("forged"), image.text("1.0.0"), [0, 0]);
        let parameter = image.text("text");
        // A text: the eighth case of `value-type`.
        let parameters = image.words(&[parameter[0], parameter[1], 7, 0, 0, 0, 0]);
        let mut functions = Vec::new();
        for (name, result) in &self.functions {
            let name = image.text(name);
            functions.extend([name[0], name[1], 0, 0, parameters, 1, *result, 0, 0]);
        }
        let function = image.words(&functions);
        let count = u32::try_from(self.functions.len()).unwrap();
        let check_name = image.text("c");
        // One empty pointer: everything.
        let reads = image.words(&none);
        let check = image.words(&[check_name[0], check_name[1], 0, 0, reads, 1, 0, 0]);
        let whole = [name, version, none, [function, count], [check, 1]].concat();
        let at = image.words(&whole);
        (image.bytes, at)
    }

    /// The core module.
    pub fn text(&self, version: &str) -> String {
        let (description, described) = self.description();
        let describe =
            if self.describe.is_empty() { format!("(i32.const {described})") } else { self.describe.clone() };
        let data = |at: u32, bytes: &[u8]| {
            let mut text = format!("(data (i32.const {at}) \"");
            for byte in bytes {
                write!(text, "\\{byte:02x}").unwrap();
            }
            text + "\")"
        };
        let answer = [[0_u8; 16], [1; 16]].concat();
        format!(
            r#"(module
  (import "hongxian:plugin/document@{version}" "[method]node.read" (func $read (param i32 i32 i32 i32)))
  (import "hongxian:plugin/document@{version}" "[method]node.at" (func $at (param i32 i32 i32) (result i32)))
  (import "hongxian:plugin/document@{version}" "[method]node.to-json" (func $to_json (param i32 i32)))
  (import "hongxian:plugin/document@{version}" "[resource-drop]node" (func $drop (param i32)))
  (import "hongxian:plugin/log@{version}" "write" (func $log (param i32 i32 i32)))
  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const {HEAP}))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
    (global.set $heap (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
  (func (export "hongxian:plugin/checks@{version}#describe") (result i32) {describe})
  (func (export "hongxian:plugin/checks@{version}#call") (param $function i32) (param $given i32) (param $count i32) (result i32)
    (if (i32.eq (i32.load8_u (i32.load offset=8 (local.get $given))) (i32.const 98)) (then {call}))
    (global.set $heap (i32.const {HEAP}))
    (i32.const {TRUE}))
  (func (export "hongxian:plugin/checks@{version}#check") (param $check i32) (param $given i32) (result i32)
    (call $read (local.get $given) (i32.const {POINTER}) (i32.const 5) (i32.const {RETURNED}))
    (if (i32.eq (i32.load8_u (i32.load offset=16 (i32.const {RETURNED}))) (i32.const 98)) (then {check}))
    (call $drop (local.get $given))
    (global.set $heap (i32.const {HEAP}))
    (i32.const {NO_FINDINGS}))
  {beside}
  {} {} {} {})"#,
            data(TRUE, &answer),
            data(POINTER, b"/0/id"),
            data(SAID, &self.said),
            data(DESCRIPTION, &description),
            call = self.call,
            check = self.check,
            beside = self.beside,
        )
    }

    /// The component.
    pub fn component(&self) -> Vec<u8> {
        component(&self.text("0.1.0"), &[WIT], "plugin")
    }
}

/// A plugin that imports a clock of WASI as well.
pub fn importing_a_clock() -> Vec<u8> {
    let clocks = "package wasi:clocks@0.2.0; interface wall-clock { now: func() -> u64; }";
    let world = "package test:clocked; world plugin { include hongxian:plugin/plugin@0.1.0; import wasi:clocks/wall-clock@0.2.0; }";
    let import = "(import \"wasi:clocks/wall-clock@0.2.0\" \"now\" (func (result i64)))\n (import";
    component(&Forge::default().text("0.1.0").replacen("(import", import, 1), &[WIT, clocks, world], "plugin")
}

/// A plugin that was built for an older contract.
pub fn stale() -> Vec<u8> {
    component(&Forge::default().text("0.0.9"), &[&WIT.replace("@0.1.0;", "@0.0.9;")], "plugin")
}

/// A component of a core module in text, for a world of the last of some WIT packages.
pub fn component(text: &str, packages: &[&str], world: &str) -> Vec<u8> {
    encoded(&core(text, packages, world))
}

/// The core module, with the description of its world.
pub fn core(text: &str, packages: &[&str], world: &str) -> Vec<u8> {
    let mut module = wat::parse_str(text).unwrap();
    let mut resolve = Resolve::default();
    let mut last = None;
    for (index, package) in packages.iter().enumerate() {
        last = Some(resolve.push_str(format!("{index}.wit"), package).unwrap());
    }
    let world = resolve.select_world(&[last.unwrap()], Some(world)).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).unwrap();
    module
}

fn encoded(core: &[u8]) -> Vec<u8> {
    ComponentEncoder::default().validate(true).module(core).unwrap().encode().unwrap()
}
