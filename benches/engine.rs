//! Load, decode, evaluate, report and batch, beside what `serde_json` takes for the same text in the same run. Only ratios
//! mean anything: `cargo bench --bench engine`, or with a filter, `-- cliffs`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::similar_names,
    reason = "a benchmark is no library"
)]

mod common;
#[path = "common/embedded.rs"]
mod embedded;
#[path = "common/typed.rs"]
#[allow(dead_code, reason = "what is decoded is not read")]
mod typed;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hongxian::decode::cells::Cells;
use hongxian::decode::{Decoder, Limits};
use hongxian::engine::{Engine, Input, Options, lines};
use hongxian::eval::{Outcomes, Setting};
use hongxian::function::Registry;
use hongxian::source::FileId;
use hongxian::value::Date;
use serde::de::IgnoredAny;
use std::hint::black_box;
use std::time::Duration;
use typed::Product;

fn input(text: &str) -> Input<'_> {
    Input { name: "d", bytes: text.as_bytes() }
}

fn texts(scale: usize) -> Vec<String> {
    (0..10).map(|seed| common::declaration(seed, scale)).collect()
}

fn bytes(texts: &[String]) -> Throughput {
    Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64)
}

fn decoder(engine: &Engine) -> Decoder {
    Decoder::new(&engine.program().policy.model, &engine.program().layout, Limits::DEFAULT)
}

/// Decodes texts one after the other in the same memory.
fn decode(decoder: &Decoder, texts: &[String], cells: &mut Cells) {
    for text in texts {
        let decoded = decoder.decode_in(std::mem::take(cells), text.as_bytes(), FileId::new(0)).unwrap();
        *cells = black_box(decoded).into_cells();
    }
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.bench_function("thirty rules", |b| b.iter(|| common::engine(1)));
    group.bench_function("the plan's pack, from its files", |b| b.iter(common::plan));
    group.bench_function("the plan's pack, embedded", |b| b.iter(embedded::plan));
    group.finish();
}

/// Ten declarations of 4.6 KB: what `serde_json` takes to check the syntax and to fill structs, and what we take.
fn declarations(c: &mut Criterion) {
    let (engine, texts) = (common::engine(1), texts(1));
    let mut group = c.benchmark_group("ten declarations");
    group.throughput(bytes(&texts));
    group.bench_function("serde_json, syntax", |b| {
        b.iter(|| texts.iter().for_each(|text| _ = black_box(serde_json::from_str::<IgnoredAny>(text).unwrap())));
    });
    group.bench_function("serde_json, structs", |b| {
        b.iter(|| texts.iter().for_each(|text| drop(black_box(serde_json::from_str::<Product<'_>>(text).unwrap()))));
    });
    let (decoder, mut cells) = (decoder(&engine), Cells::default());
    group.bench_function("decode", |b| b.iter(|| decode(&decoder, &texts, &mut cells)));
    group.bench_function("evaluate", |b| {
        let program = engine.program();
        let outcomes = Outcomes::new(program);
        let decoded: Vec<_> =
            texts.iter().map(|text| decoder.decode(text.as_bytes(), FileId::new(0)).unwrap()).collect();
        let registry = Registry::default();
        let setting = Setting { registry: &registry, as_of: Date::new(2025, 6, 30).unwrap(), stage: None };
        b.iter(|| {
            for declaration in &decoded {
                outcomes
                    .judge(
                        program,
                        declaration,
                        setting,
                        |_| true,
                        |rule, outcome| {
                            black_box((rule, outcome));
                        },
                    )
                    .unwrap();
            }
        });
    });
    let mut session = engine.session();
    group.bench_function("decode and evaluate", |b| {
        b.iter(|| {
            for text in &texts {
                black_box(session.verdict(input(text), &Options::default()).unwrap());
            }
        });
    });
    group.bench_function("report", |b| {
        b.iter(|| {
            for text in &texts {
                black_box(session.evaluate(input(text), &Options::default()).unwrap());
            }
        });
    });
    group.finish();
}

fn plan(c: &mut Criterion) {
    let (engine, text) = (common::plan(), common::plan_declaration());
    let mut group = c.benchmark_group("the plan's pack");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("serde_json, syntax", |b| b.iter(|| serde_json::from_str::<IgnoredAny>(&text).unwrap()));
    group
        .bench_function("serde_json, values", |b| b.iter(|| serde_json::from_str::<serde_json::Value>(&text).unwrap()));
    let mut session = engine.session();
    group.bench_function("decode and evaluate", |b| {
        b.iter(|| {
            black_box(session.verdict(input(&text), &Options::default()).unwrap());
        });
    });
    group.bench_function("report", |b| b.iter(|| session.evaluate(input(&text), &Options::default()).unwrap()));
    group.finish();
}

/// One declaration judged by more and more rules, and larger and larger ones by thirty.
fn growth(c: &mut Criterion) {
    let text = common::declaration(0, 1);
    let mut group = c.benchmark_group("rules");
    for copies in [1, 10, 100] {
        let engine = common::engine(copies);
        let mut session = engine.session();
        group.bench_function(BenchmarkId::from_parameter(copies * 30), |b| {
            b.iter(|| {
                black_box(session.verdict(input(&text), &Options::default()).unwrap());
            });
        });
    }
    group.finish();
    let engine = common::engine(1);
    let mut group = c.benchmark_group("bytes");
    for scale in [1, 4, 16, 64, 256] {
        let text = common::declaration(0, scale);
        let mut session = engine.session();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(text.len()), |b| {
            b.iter(|| {
                black_box(session.verdict(input(&text), &Options::default()).unwrap());
            });
        });
    }
    group.finish();
}

/// Texts that are not as usual: the time for each byte should stay within twice that of the plain ones.
fn cliffs(c: &mut Criterion) {
    let engine = common::engine(1);
    let (decoder, mut cells) = (decoder(&engine), Cells::default());
    let mut group = c.benchmark_group("cliffs");
    for (name, texts) in common::cliffs() {
        group.throughput(bytes(&texts));
        group.bench_function(name, |b| b.iter(|| decode(&decoder, &texts, &mut cells)));
    }
    group.finish();
}

/// Two hundred lines by one thread, and by two that share the engine.
fn batch(c: &mut Criterion) {
    let engine = common::engine(1);
    let ndjson = (0..200).map(|seed| common::declaration(seed, 1) + "\n").collect::<String>();
    let halves = ndjson.split_at(ndjson.match_indices('\n').nth(99).unwrap().0 + 1);
    let judge = |text: &str| {
        let mut session = engine.session();
        let options = Options::default();
        let open = |line: hongxian::engine::Line<'_>| {
            session.verdict(Input { name: "d", bytes: line.bytes }, &options).unwrap().is_open()
        };
        lines(text.as_bytes()).map(open).filter(|open| *open).count()
    };
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Bytes(ndjson.len() as u64));
    group.bench_function("1 thread", |b| b.iter(|| judge(&ndjson)));
    group.bench_function("2 threads", |b| {
        b.iter(|| {
            std::thread::scope(|scope| {
                let other = scope.spawn(|| judge(halves.1));
                judge(halves.0) + other.join().unwrap()
            })
        });
    });
    group.finish();
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! { name = all; config = short(); targets = load, declarations, plan, growth, cliffs, batch }
criterion_main!(all);
