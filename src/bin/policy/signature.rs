//! Signatures beside files, and the keys for them, in the format of minisign: Ed25519 over the file, and over the
//! signature with its trusted comment. It knows nothing of what is signed.

use crate::failure::Failure;
use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// What the name of a signature ends with.
const SUFFIX: &str = ".minisig";
/// How many bytes a key or a signature may have.
const MAX_BYTES: usize = 16 << 10;
/// How many bytes a trusted comment may have: what the minisign tool reads, and a little less.
pub const MAX_COMMENT: usize = 4096;
/// What stands over a signature without being signed.
const UNTRUSTED: &str = "signature of evidence";

/// A signature that was good.
#[derive(Debug)]
pub struct Good {
    /// The identifier of the key.
    pub key: String,
    /// What the signer says beside it.
    pub trusted_comment: String,
}

/// Where the signature of a file stands unless said otherwise.
pub fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(SUFFIX);
    name.into()
}

/// The text of a signature over bytes. The comment is one line, as [`comment`] reads it.
pub fn sign(key: &SecretKey, bytes: &[u8], comment: &str) -> Result<String, Failure> {
    let signed = minisign::sign(None, key, Cursor::new(bytes), Some(comment), Some(UNTRUSTED));
    signed.map(SignatureBox::into_string).map_err(|error| Failure::new(format!("cannot sign: {error}")))
}

/// Reads a trusted comment: one line that shows as it is.
pub fn comment(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.len() > MAX_COMMENT {
        return Err(format!("expected at most {MAX_COMMENT} bytes, found {}", text.len()));
    }
    if text.chars().any(char::is_control) {
        return Err("expected one line without control characters".to_owned());
    }
    Ok(text.to_owned())
}

/// Checks the signature in a file over bytes.
pub fn check(key: &PublicKey, file: &Path, bytes: &[u8]) -> Result<Good, Failure> {
    if !file.is_file() {
        let failure = Failure::new(format!("there is no signature `{}`", file.display()));
        return Err(failure.help("`policy sign` writes one; `--signature FILE` says where it is"));
    }
    let text = text(file)?;
    let signature = SignatureBox::from_string(&text).map_err(|_| not_a(file, "a signature"))?;
    if signature.keynum() != key.keynum() {
        let (expected, found) = (id(key.keynum()), id(signature.keynum()));
        return Err(Failure::new(format!("expected a signature by the key {expected}, found one by {found}")));
    }
    minisign::verify(key, &signature, Cursor::new(bytes), true, false, true).map_err(|error| altered(file, &error))?;
    let trusted_comment = signature.trusted_comment().map_err(|_| not_a(file, "a signature"))?;
    Ok(Good { key: id(key.keynum()), trusted_comment })
}

/// What was altered: the library tells the two signatures apart by its words only.
fn altered(file: &Path, error: &minisign::PError) -> Failure {
    let file = file.display();
    if error.to_string().contains("Comment") {
        return Failure::new(format!("the trusted comment in `{file}` is not what was signed"));
    }
    Failure::new(format!("the signature `{file}` is not for these bytes, or not by this key"))
        .help("the evidence, the signature or the key was altered")
}

/// A key's identifier as the minisign tool shows it.
fn id(keynum: &[u8]) -> String {
    let number = keynum.try_into().map(u64::from_le_bytes).unwrap_or_default();
    format!("{number:016X}")
}

/// The public key that a file has, or that is written out.
pub fn public_key(given: &str) -> Result<PublicKey, Failure> {
    let path = Path::new(given);
    if !path.exists() {
        let key = PublicKey::from_base64(given.trim());
        return key.map_err(|_| Failure::unreadable(path, &std::io::ErrorKind::NotFound.into()));
    }
    let read = PublicKeyBox::from_string(&text(path)?).and_then(PublicKeyBox::into_public_key);
    read.map_err(|_| not_a(path, "a public key").help("`policy keygen` writes one, with the ending `.pub`"))
}

/// The secret key in a file; `password` is asked only where it has one.
pub fn secret_key(path: &Path, password: impl FnOnce() -> Result<String, Failure>) -> Result<SecretKey, Failure> {
    let text = text(path)?;
    let boxed = || SecretKeyBox::from_string(&text).map_err(|_| not_a(path, "a secret key"));
    match SecretKey::from_unencrypted_box(boxed()?) {
        Ok(key) => Ok(key),
        Err(error) if error.to_string().contains("encrypted") => {
            let key = SecretKey::from_box(boxed()?, Some(password()?));
            key.map_err(|_| Failure::new(format!("the password is not that of `{}`", path.display())))
        }
        Err(_) => Err(not_a(path, "a secret key").help("`policy keygen` writes one, with the ending `.key`")),
    }
}

fn not_a(path: &Path, what: &str) -> Failure {
    Failure::new(format!("`{}` is not {what} in the format of minisign", path.display()))
}

fn text(path: &Path) -> Result<String, Failure> {
    let bytes = crate::terminal::read_file(path, MAX_BYTES)?;
    String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{}` is not UTF-8", path.display())))
}

/// A new pair of keys: the text of the public one and of the secret one. Without a password who has the file can sign.
pub fn generate(password: Option<String>) -> Result<(String, String), Failure> {
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let texts = pair.and_then(|pair| {
        let comment = format!("secret key {}", id(pair.pk.keynum()));
        Ok((pair.pk.to_box()?.into_string(), pair.sk.to_box(Some(&comment))?.into_string()))
    });
    texts.map_err(|error| Failure::new(format!("cannot make keys: {error}")))
}

/// Asks for a password on the terminal; none where there is no terminal.
pub fn ask(prompt: &str) -> Option<String> {
    rpassword::prompt_password(prompt).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
    use super::*;
    use crate::targets::write_new;

    /// Made by the minisign tool, version 0.11; the password of its key is `secret`.
    const TOOL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/evidence/minisign");

    fn made_by_the_tool(name: &str) -> PathBuf {
        Path::new(TOOL).join(name)
    }

    fn public() -> PublicKey {
        public_key(made_by_the_tool("tool.pub").to_str().unwrap()).unwrap()
    }

    fn said(failure: &Failure) -> String {
        failure.shown(&hongxian::render::Options::default())
    }

    #[test]
    fn signatures_of_the_minisign_tool_are_good() {
        let bytes = std::fs::read(made_by_the_tool("signed.txt")).unwrap();
        for name in ["signed.txt.minisig", "legacy.minisig"] {
            let good = check(&public(), &made_by_the_tool(name), &bytes).unwrap();
            assert_eq!((good.key.as_str(), good.trusted_comment.as_str()), ("1B9D3B746588627E", "made by the tool"));
            let other = check(&public(), &made_by_the_tool(name), b"something else").unwrap_err();
            assert!(said(&other).contains("is not for these bytes"), "{name}");
        }
        let text = std::fs::read_to_string(made_by_the_tool("tool.pub")).unwrap();
        assert_eq!(public_key(text.lines().nth(1).unwrap()).unwrap(), public(), "written out, it is the same key");
    }

    #[test]
    fn a_key_of_the_minisign_tool_signs_with_its_password() {
        let path = made_by_the_tool("tool.key");
        let key = secret_key(&path, || Ok("secret".to_owned())).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.minisig");
        std::fs::write(&file, sign(&key, b"x", "a comment").unwrap()).unwrap();
        assert_eq!(check(&public(), &file, b"x").unwrap().trusted_comment, "a comment");
        let wrong = secret_key(&path, || Ok("guess".to_owned())).unwrap_err();
        assert!(said(&wrong).contains("the password is not that of"), "{}", said(&wrong));
    }

    #[test]
    fn a_new_key_has_its_password() {
        let folder = tempfile::tempdir().unwrap();
        let (public, secret) = generate(Some("long enough".to_owned())).unwrap();
        let path = folder.path().join("own.key");
        write_new(&path, &secret, true).unwrap();
        assert!(secret_key(&path, || Ok("other".to_owned())).is_err());
        let key = secret_key(&path, || Ok("long enough".to_owned())).unwrap();
        assert_eq!(PublicKey::from_secret_key(&key).unwrap().to_box().unwrap().into_string(), public);
        assert!(said(&write_new(&path, "", true).unwrap_err()).contains("is there already"));
    }

    #[test]
    fn comments_are_one_line_within_a_limit() {
        assert_eq!(comment("  自评 2020-03 ").as_deref(), Ok("自评 2020-03"));
        assert_eq!(comment(""), Ok(String::new()));
        assert!(comment(&"x".repeat(MAX_COMMENT)).is_ok());
        assert!(comment(&"x".repeat(MAX_COMMENT + 1)).is_err());
        for text in ["a\nb", "a\rb", "a\u{0}b", "a\u{1b}[2Jb", "a\u{85}b"] {
            assert!(comment(text).is_err(), "{text:?}");
        }
    }
}
