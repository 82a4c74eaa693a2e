//! What the machine itself offers: providers, kernel, disk.

use std::path::{Path, PathBuf};

use landing_zone::Zone;
use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, access};
use pipeline_engine::terraform::{Discovered, Installation, Mirror, Places, discover};

use super::Check;

/// Less free space than this is told: one provider alone takes most of a GiB.
const ENOUGH: u64 = 5 * GIB;
const GIB: u64 = 1 << 30;

/// Where providers come from, as runs will find them.
pub(super) fn providers() -> Check {
    const NAME: &str = "providers";
    let Discovered { installation, note } = discover(&Places::of_this_machine());
    let check = match installation {
        Installation::Configured(file) => Check::has(NAME, format!("installed as {} says", file.display())),
        Installation::Mirrors(mirrors) if mirrors.is_empty() => Check::lacks(
            NAME,
            "no mirror on this machine",
            "terraform and tofu download providers from their registry, which takes a network",
        ),
        Installation::Mirrors(mirrors) => {
            let told = |mirror: &Mirror| format!("{} in {}", mirror.providers.len(), mirror.dir.display());
            let told: Vec<String> = mirrors.iter().map(told).collect();
            Check::has(NAME, format!("mirrored: {}", told.join(", ")))
        }
    };
    match note {
        Some(note) => Check { cost: Some(note), ..check },
        None => check,
    }
}

/// Whether the kernel has [Landlock](https://docs.kernel.org/userspace-api/landlock.html).
pub(super) fn kernel() -> Check {
    const NAME: &str = "kernel";
    let release = read("/proc/sys/kernel/osrelease");
    let Some(release) = release else {
        return Check::lacks(
            NAME,
            "not Linux",
            "what stacks run is not confined; use it for trying out alone",
        );
    };
    // Only where securityfs is mounted does the kernel tell; else its age must do: Landlock came with 5.13.
    let told = read("/sys/kernel/security/lsm").map(|list| list.split(',').any(|name| name == "landlock"));
    match told.unwrap_or_else(|| is_at_least(&release, (5, 13))) {
        true if told.is_none() => Check::has(NAME, format!("Linux {release}, new enough for Landlock")),
        true => Check::has(NAME, format!("Linux {release} with Landlock")),
        false => Check::lacks(
            NAME,
            format!("Linux {release} without Landlock"),
            "the kernel cannot keep what stacks run to their own files",
        ),
    }
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

/// Whether a kernel's release, such as `6.1.0-rc1`, is of this version or a later one.
fn is_at_least(release: &str, version: (u32, u32)) -> bool {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map_while(|part| part.parse().ok());
    numbers.next().zip(numbers.next()).is_some_and(|release| release >= version)
}

/// The data directory: whether it can be written, and how much room there is.
pub(super) fn data(base: &Path, zone: Option<&Zone>) -> Check {
    const NAME: &str = "data";
    let default = landing_zone::Server::default().data;
    let data = base.join(zone.map_or(&default, |zone| &zone.server.data));
    let place = existing(&data);
    if access(&place, AccessFlags::W_OK).is_err() {
        return Check::broken(
            NAME,
            format!("{} cannot be written", place.display()),
            "plans, checkouts and the audit spool are kept there; give the user of the server the right to write",
        );
    }
    let Ok(room) = statvfs(&place) else {
        return Check::has(NAME, format!("{}, room unknown", data.display()));
    };
    let free = room.blocks_available().saturating_mul(room.fragment_size());
    let found = format!("{} with {} GiB free", data.display(), free / GIB);
    if free < ENOUGH {
        return Check::lacks(
            NAME,
            found,
            "checkouts, providers and plans may not fit; 5 GiB or more is enough",
        );
    }
    Check::has(NAME, found)
}

/// The directory, or the nearest above it that exists.
fn existing(data: &Path) -> PathBuf {
    let named = data.ancestors().find(|path| path.is_dir());
    named.filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_by_number() {
        for (release, new) in
            [("5.13.0", true), ("5.9.16", false), ("6.1.0-rc1+", true), ("4.19", false), ("weird", false)]
        {
            assert_eq!(is_at_least(release, (5, 13)), new, "{release}");
        }
    }
}
