//! What a plugin costs, beside the same in native Rust: a call, a lazy read, a whole check over a declaration of 4 KB, a
//! start, a cold and a cached load.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark is no library"
)]

#[path = "../tests/it/plugin/forge.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod forge;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use forge::Forge;
use hongxian::function::{Handle, Instance, Reader, Registry, Seen, Session, Signature, Type};
use hongxian::plugin::{CodeCache, Host, Limits, Plugin};
use hongxian::value::{Text, Value};
use std::collections::HashMap;
use std::hint::black_box;
use std::sync::{Arc, Mutex};

/// How many fields a whole check reads.
const READS: usize = 60;

/// A declaration of some 4 KB: 70 items of 57 bytes.
fn declaration() -> String {
    let items: Vec<String> =
        (0..70).map(|index| format!(r#"{{"name": "item number {index:02}", "level": 3, "shared": false}}"#)).collect();
    format!(r#"{{"id": "good", "items": [{}]}}"#, items.join(", "))
}

/// The pointers of the fields that are read, all of one length.
fn pointers() -> Vec<String> {
    (10..10 + READS).map(|index| format!("/0/items/{index}/name")).collect()
}

/// A plugin whose check reads the names of items; its function tells how a text begins.
fn plugin() -> Vec<u8> {
    let length = pointers()[0].len();
    let read_all = format!(
        "(local.set $check (i32.const 0)) (loop $on \
         (call $read (local.get $given) (i32.add (i32.const 40000) (i32.mul (local.get $check) (i32.const {length}))) \
         (i32.const {length}) (i32.const 64)) \
         (local.set $check (i32.add (local.get $check) (i32.const 1))) \
         (br_if $on (i32.lt_u (local.get $check) (i32.const {READS}))))"
    );
    let beside = format!("(data (i32.const 40000) \"{}\")", pointers().concat());
    Forge { check: read_all, beside, ..Forge::default() }.component()
}

fn loaded() -> Plugin {
    Host::new(None).unwrap().load(&plugin(), Limits::DEFAULT).unwrap()
}

fn text(text: &'static str) -> Value<'static> {
    Value::Text(Text::Borrowed(text))
}

/// The same function in Rust, called in the same way.
fn native() -> Registry {
    let mut registry = Registry::new();
    let signature = Signature { name: "f".into(), params: vec![Type::Text], result: Type::Bool, doc: String::new() };
    let begins = |arguments: &[Value<'_>]| match arguments {
        [Value::Text(text)] => Ok(Value::Bool(!text.as_str().starts_with('b'))),
        _ => Err("expected a text".to_owned()),
    };
    registry.register(signature, begins).unwrap();
    registry
}

/// The same check in Rust, over the same reader.
fn read_all(reader: &mut Reader, pointers: &[String]) -> usize {
    let read = |pointer: &String| {
        let at = reader.at(Handle::ARGUMENTS, pointer).unwrap();
        usize::from(matches!(reader.read(at), Seen::Scalar(_)))
    };
    pointers.iter().map(read).sum()
}

fn calls(criterion: &mut Criterion) {
    let plugin = loaded();
    let mut running = plugin.start().unwrap();
    let argument = [text("good")];
    let mut group = criterion.benchmark_group("scalar_call");
    group.bench_function("plugin", |bencher| bencher.iter(|| running.call(0, black_box(&argument)).unwrap()));
    let registry = native();
    let mut session = registry.session();
    group.bench_function("native", |bencher| bencher.iter(|| session.call(0, black_box(&argument)).unwrap()));
    group.finish();
}

fn reads(criterion: &mut Criterion) {
    let plugin = loaded();
    let mut running = plugin.start().unwrap();
    let mut reader = Reader::loose(&declaration().replace("good", "bad!"), Vec::new()).unwrap();
    let pointers = pointers();
    let mut group = criterion.benchmark_group("lazy_reads");
    group.throughput(Throughput::Elements(READS as u64));
    group.bench_function("plugin", |bencher| {
        bencher.iter(|| Session::check_alone(&mut running, 0, &mut reader).unwrap());
    });
    group.bench_function("native", |bencher| bencher.iter(|| read_all(black_box(&mut reader), &pointers)));
    group.finish();
}

fn checks(criterion: &mut Criterion) {
    let plugin = loaded();
    let text = declaration().replace("good", "bad!");
    let pointers = pointers();
    let reader = || Reader::loose(&text, Vec::new()).unwrap();
    let mut group = criterion.benchmark_group("whole_check_4kb");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("plugin", |bencher| {
        bencher.iter(|| {
            let mut running = plugin.start().unwrap();
            Session::check_alone(&mut running, 0, &mut reader()).unwrap()
        });
    });
    group.bench_function("native", |bencher| bencher.iter(|| read_all(&mut reader(), &pointers)));
    group.finish();
    criterion.bench_function("start", |bencher| bencher.iter(|| plugin.start().unwrap()));
}

#[derive(Default)]
struct Kept(Mutex<HashMap<String, Vec<u8>>>);

impl CodeCache for Kept {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn put(&self, name: &str, entry: &[u8]) {
        self.0.lock().unwrap().insert(name.to_owned(), entry.to_vec());
    }
}

fn loads(criterion: &mut Criterion) {
    let bytes = plugin();
    let mut group = criterion.benchmark_group("load");
    let cold = Host::new(None).unwrap();
    group.sample_size(10);
    group.bench_function("cold", |bencher| bencher.iter(|| cold.load(&bytes, Limits::DEFAULT).unwrap()));
    let warm = Host::new(Some(Arc::new(Kept::default()))).unwrap();
    warm.load(&bytes, Limits::DEFAULT).unwrap();
    group.bench_function("cached", |bencher| bencher.iter(|| warm.load(&bytes, Limits::DEFAULT).unwrap()));
    group.bench_function("host", |bencher| bencher.iter(|| Host::new(None).unwrap()));
    group.finish();
}

criterion_group!(plugins, calls, reads, checks, loads);
criterion_main!(plugins);
