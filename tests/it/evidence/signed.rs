//! Signing: who has signed is checked before anything is judged, and nothing but what was signed is good.

use super::world::{Ran, World};
use std::fs;

/// With keys and a signature.
fn signed() -> World {
    let world = World::judged();
    ok(&world, &["keygen", "bank", "--no-password"]);
    ok(&world, &["sign", "late.evidence.json", "--key", "bank.key", "--comment", "first quarter"]);
    world
}

fn ok(world: &World, arguments: &[&str]) -> Ran {
    let ran = world.policy(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.said());
    ran
}

fn verify(world: &World, key: &str) -> Ran {
    world.policy(&["verify", "late.evidence.json", "--policy", "small", "--key", key])
}

/// Nothing was judged, and the words say why.
fn refused(ran: &Ran, words: &str) {
    assert_eq!(ran.code, 2, "{}", ran.said());
    assert!(ran.stdout.is_empty() && ran.stderr.contains(words), "{words}: {}", ran.said());
}

#[test]
fn what_was_signed_is_good_and_says_by_whom() {
    let world = signed();
    let ran = verify(&world, "bank.pub");
    assert_eq!(ran.code, 0, "{}", ran.said());
    assert!(ran.stdout.contains("IDENTICAL") && ran.stdout.contains(" · first quarter"), "{}", ran.stdout);
    let written = world.text("bank.pub").lines().nth(1).unwrap().to_owned();
    assert_eq!(verify(&world, &written).stdout, ran.stdout, "the key itself instead of its file");
    let arguments = ["verify", "late.evidence.json", "--policy", "small", "--key", "bank.pub", "--format", "json"];
    let value = world.policy(&arguments).json();
    assert_eq!(value["signature"]["trusted_comment"], "first quarter");
    assert!(world.text("bank.key").contains(value["signature"]["key"].as_str().unwrap()));
}

#[test]
fn without_a_comment_nothing_is_said_but_the_evidence() {
    let world = signed();
    ok(&world, &["sign", "late.evidence.json", "--key", "bank.key", "--signature", "plain.minisig"]);
    let text = world.text("plain.minisig");
    assert_eq!(text.lines().nth(2), Some("trusted comment: "), "no day and no name of a file: {text}");
    let arguments = ["verify", "late.evidence.json", "--policy", "small", "--key", "bank.pub"];
    ok(&world, &[&arguments[..], &["--signature", "plain.minisig"]].concat());
}

#[test]
fn everything_that_is_altered_is_refused_before_anything_is_judged() {
    let world = signed();
    world.change("late.evidence.json", "\"conditional\"", "\"admitted\"");
    refused(&verify(&world, "bank.pub"), "is not for these bytes");
    world.change("late.evidence.json", "\"admitted\"", "\"conditional\"");

    let good = world.text("late.evidence.json.minisig");
    world.change("late.evidence.json.minisig", "first quarter", "fourth quarter");
    refused(&verify(&world, "bank.pub"), "the trusted comment in");
    world.put("late.evidence.json.minisig", good.replace("signature of evidence", "whatever"));
    assert_eq!(verify(&world, "bank.pub").code, 0, "the other comment is not signed, and nothing rests on it");
    let mut lines: Vec<&str> = good.lines().collect();
    for text in [String::new(), lines[..3].join("\n"), "x\n".repeat(4), "\u{0}".repeat(20_000)] {
        world.put("late.evidence.json.minisig", &text);
        assert_eq!(verify(&world, "bank.pub").code, 2, "{text:.40}");
    }
    lines.swap(1, 3);
    world.put("late.evidence.json.minisig", lines.join("\n"));
    refused(&verify(&world, "bank.pub"), "is not a signature");
    fs::remove_file(world.path("late.evidence.json.minisig")).unwrap();
    refused(&verify(&world, "bank.pub"), "there is no signature `late.evidence.json.minisig`");
}

#[test]
fn another_key_is_not_the_key() {
    let world = signed();
    ok(&world, &["keygen", "other", "--no-password"]);
    refused(&verify(&world, "other.pub"), "expected a signature by the key");
    refused(&verify(&world, "bank.key"), "is not a public key");
    refused(&verify(&world, "nobody.pub"), "there is no such file");
    refused(&verify(&world, "late.json"), "is not a public key");
    // A signature that claims the right key's number, and is by another one.
    let (own, other) = (world.text("bank.pub"), world.text("other.pub"));
    world.put("forged.pub", &own[..own.len() - 20]);
    refused(&verify(&world, "forged.pub"), "is not a public key");
    ok(&world, &["sign", "late.evidence.json", "--key", "other.key", "--signature", "o.minisig"]);
    assert_ne!(own, other);
    let arguments = ["verify", "late.evidence.json", "--policy", "small", "--key", "bank.pub"];
    let ran = world.policy(&[&arguments[..], &["--signature", "o.minisig"]].concat());
    refused(&ran, "expected a signature by the key");
}

#[test]
fn nothing_is_written_over_and_nothing_else_is_signed() {
    let world = signed();
    let (key, signature) = (world.text("bank.key"), world.text("late.evidence.json.minisig"));
    refused(&world.policy(&["keygen", "bank", "--no-password"]), "`bank.key` is there already");
    fs::remove_file(world.path("bank.pub")).unwrap();
    refused(&world.policy(&["keygen", "bank", "--no-password"]), "`bank.key` is there already");
    refused(&world.policy(&["sign", "late.evidence.json", "--key", "bank.key"]), "is there already");
    assert_eq!((world.text("bank.key"), world.text("late.evidence.json.minisig")), (key, signature));
    refused(&world.policy(&["sign", "late.json", "--key", "bank.key"]), "is no evidence");
    assert!(!world.path("late.json.minisig").exists());
    let arguments = ["sign", "late.evidence.json", "--signature", "s", "--key"];
    refused(&world.policy(&[&arguments[..], &["late.json"]].concat()), "is not a secret key");
    refused(&world.policy(&[&arguments[..], &["bank.key", "--comment", "a\nb"]].concat()), "one line");
    refused(&world.policy(&["keygen", "no/folder", "--no-password"]), "cannot write");
    assert!(!world.path("s").exists(), "no half of a signature");
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_for_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let world = signed();
    let mode = |name: &str| fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("bank.key"), 0o600);
    assert_eq!(mode("bank.pub") & 0o600, 0o600);
}
