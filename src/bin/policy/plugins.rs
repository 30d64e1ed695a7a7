//! The world around plugins: where their compiled code is kept, and the clock that ends what is stuck.

use hongxian::engine::{Builder, Engine};
use hongxian::plugin::{CodeCache, Host};
use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// How long a tick of the clock is: with the library's count of them, a minute for one declaration.
const TICK: Duration = Duration::from_millis(100);
/// Entries of other sizes are none of ours.
const MAX_ENTRY: u64 = 512 << 20;

/// Whether compiled plugins are kept; `--no-plugin-cache` says no, once, before anything is loaded.
static KEPT: AtomicBool = AtomicBool::new(true);
/// Tells apart the temporary files of this process.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Compiles plugins anew, and keeps nothing.
pub fn keep_nothing() {
    KEPT.store(false, Ordering::Relaxed);
}

/// The cache on disk, where there is a place for it.
pub fn cache() -> Option<Arc<dyn CodeCache>> {
    if !KEPT.load(Ordering::Relaxed) {
        return None;
    }
    let folder = folder()?;
    is_ours(&folder).then(|| Arc::new(Disk { folder }) as Arc<dyn CodeCache>)
}

/// Lends the cache to an engine that is being built.
pub fn with_cache(builder: Builder) -> Builder {
    match cache() {
        Some(cache) => builder.code_cache(cache),
        None => builder,
    }
}

/// Starts the clock, where there are plugins.
pub fn watch(engine: &Engine) {
    if let Some(host) = engine.plugin_host() {
        tick(host);
    }
}

/// Ticks as long as the host or one of its plugins is there.
pub fn tick(host: &Host) {
    let clock = host.clock();
    thread::spawn(move || {
        while clock.tick() {
            thread::sleep(TICK);
        }
    });
}

/// Where compiled plugins are kept, by the habits of the system.
fn folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    Some(base?.join("hongxian").join("plugins"))
}

/// Makes the folder where there is none; whether it is one into which nobody else can write.
fn is_ours(folder: &Path) -> bool {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if builder.create(folder).is_err() {
        return false;
    }
    fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir() && closed(&metadata))
}

#[cfg(unix)]
fn closed(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.mode() & 0o022 == 0
}

#[cfg(not(unix))]
const fn closed(_: &fs::Metadata) -> bool {
    true
}

/// Whether a file belongs to whom the folder belongs to.
#[cfg(unix)]
fn same_owner(file: &fs::Metadata, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(folder).is_ok_and(|folder| folder.uid() == file.uid())
}

#[cfg(not(unix))]
const fn same_owner(_: &fs::Metadata, _: &Path) -> bool {
    true
}

/// Compiled plugins in a folder of our own.
struct Disk {
    folder: PathBuf,
}

impl CodeCache for Disk {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let metadata = fs::symlink_metadata(&path).ok()?;
        let good = metadata.is_file() && metadata.len() <= MAX_ENTRY && closed(&metadata);
        if good && same_owner(&metadata, &self.folder) { fs::read(path).ok() } else { None }
    }

    /// Under another name first, so that nobody ever reads a half.
    fn put(&self, name: &str, entry: &[u8]) {
        let count = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let draft = self.folder.join(format!(".{name}.{}.{count}", std::process::id()));
        let written = create(&draft).and_then(|mut file| file.write_all(entry));
        if written.and_then(|()| fs::rename(&draft, self.folder.join(name))).is_err() {
            // It is compiled again next time.
            let _nothing_to_remove = fs::remove_file(&draft);
        }
    }
}

fn create(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
