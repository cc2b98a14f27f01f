//! A thumbnail of 300 pixels with quality 80, as a whole process: its time, and its memory at the
//! peak, beside other tools where they are installed (`vipsthumbnail`, `ImageMagick`'s `convert`).
//! The pictures need libjpeg's `cjpeg`, and the memory GNU's `time`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]
#![expect(clippy::print_stdout, reason = "its result is a table")]

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const RUNS: usize = 15;

fn main() {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--bench") {
        table();
    } else {
        println!("run it with `cargo bench --bench thumbnail`");
    }
}

/// A picture to measure: its name, size, whether it is progressive, and its orientation.
struct Picture(&'static str, u32, u32, bool, u8);

const PICTURES: [Picture; 7] = [
    Picture("0.24 MP", 600, 400, false, 1),
    Picture("12 MP, orientation 6", 4000, 3000, false, 6),
    Picture("24 MP", 6000, 4000, false, 1),
    Picture("102 MP", 11_648, 8736, false, 1),
    Picture("0.24 MP progressive", 600, 400, true, 1),
    Picture("24 MP progressive", 6000, 4000, true, 1),
    Picture("102 MP progressive", 11_648, 8736, true, 1),
];

fn table() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    println!("median of {RUNS} runs in milliseconds / peak in MB");
    for picture in &PICTURES {
        let path = make(picture, &folder);
        let bytes = path.metadata().unwrap().len();
        println!("{} ({:.1} MB)", picture.0, mb(bytes));
        let out = folder.join("thumbnail.jpg");
        let tools: [(&str, Vec<OsString>); 3] = [
            (
                "wacompose",
                vec![
                    env!("CARGO_BIN_EXE_wacompose").into(),
                    "thumbnail".into(),
                    path.clone().into(),
                    "--max-bytes=1000000".into(),
                    "--output".into(),
                    out.clone().into(),
                ],
            ),
            (
                "vipsthumbnail",
                vec![
                    "vipsthumbnail".into(),
                    path.clone().into(),
                    "--size=300x300".into(),
                    "-o".into(),
                    appended(&out, "[Q=80,strip]"),
                ],
            ),
            (
                "convert jpeg:size",
                vec![
                    "convert".into(),
                    "-define".into(),
                    "jpeg:size=300x300".into(),
                    path.clone().into(),
                    "-auto-orient".into(),
                    "-thumbnail".into(),
                    "300x300".into(),
                    "-quality".into(),
                    "80".into(),
                    out.clone().into(),
                ],
            ),
        ];
        for (name, command) in tools {
            match measure(&command) {
                Some((milliseconds, peak)) => {
                    println!("  {name:<18} {milliseconds:6.1} / {peak}");
                }
                None => println!("  {name:<18} is not there"),
            }
        }
    }
}

/// The median time in milliseconds, and the peak of memory.
fn measure(command: &[OsString]) -> Option<(f64, String)> {
    let run = |command: &[OsString]| {
        let mut process = Command::new(&command[0]);
        process.args(&command[1..]).stdin(Stdio::null());
        process.stdout(Stdio::null()).stderr(Stdio::null());
        process
            .status()
            .ok()
            .filter(std::process::ExitStatus::success)
    };
    run(command)?;
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run(command).unwrap();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peak");
    let mut with_peak: Vec<OsString> = ["time", "-f", "%M", "-o"].map(OsString::from).into();
    with_peak.push(report.clone().into());
    with_peak.extend_from_slice(command);
    let peak = run(&with_peak).map(|_| {
        let kib: u64 = std::fs::read_to_string(report)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        format!("{:.1}", mb(kib * 1024))
    });
    Some((times[RUNS / 2], peak.unwrap_or_else(|| "?".to_owned())))
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn appended(path: &Path, options: &str) -> OsString {
    let mut text = path.as_os_str().to_owned();
    text.push(options);
    text
}

/// Writes a picture once, with 4:2:0 and the quality that cameras use.
fn make(&Picture(_, width, height, progressive, orientation): &Picture, folder: &Path) -> PathBuf {
    let name = format!("{width}x{height}-{progressive}-{orientation}.jpg");
    let path = folder.join(name);
    if path.exists() {
        return path;
    }
    let mut cjpeg = Command::new("cjpeg");
    cjpeg.args(["-quality", "88", "-sample", "2x2"]);
    if progressive {
        cjpeg.arg("-progressive");
    }
    let process = cjpeg.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut process = process.unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        write!(stdin, "P6\n{width} {height}\n255\n").unwrap();
        for y in 0..height {
            let row: Vec<u8> = (0..width).flat_map(|x| pixel(x, y)).collect();
            stdin.write_all(&row).unwrap();
        }
    });
    let jpeg = process.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(&jpeg[..2]).unwrap();
    // APP1 with an EXIF of one entry: the orientation
    file.write_all(b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0")
        .unwrap();
    file.write_all(&[orientation, 0, 0, 0, 0, 0, 0]).unwrap();
    file.write_all(&jpeg[2..]).unwrap();
    path
}

/// Noise in octaves, as smooth and as grainy as a photograph.
fn pixel(x: u32, y: u32) -> [u8; 3] {
    let octave = |shift: u32, weight: u32| {
        let (column, row) = (x >> shift, y >> shift);
        let (fx, fy) = (x & ((1 << shift) - 1), y & ((1 << shift) - 1));
        let side = 1_u32 << shift;
        let at = |c: u32, r: u32| u64::from(noise(column + c, row + r, shift));
        let mix =
            |a: u64, b: u64, f: u32| (a * u64::from(side - f) + b * u64::from(f)) / u64::from(side);
        let sum = mix(mix(at(0, 0), at(1, 0), fx), mix(at(0, 1), at(1, 1), fx), fy);
        u32::try_from(sum).unwrap() * weight
    };
    let broad = octave(9, 100) + octave(7, 60) + octave(5, 40) + octave(3, 16);
    let grain = octave(1, 16) + octave(0, 14);
    let light = (broad + grain) / 246;
    let tint = octave(8, 1) / 8;
    [light + tint, light, light.saturating_sub(tint)]
        .map(|sample| u8::try_from(sample.min(255)).unwrap())
}

/// A value below 256 for a point.
fn noise(x: u32, y: u32, seed: u32) -> u32 {
    let mixed = x
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(y.wrapping_mul(0x85eb_ca77))
        .wrapping_add(seed.wrapping_mul(0xc2b2_ae3d));
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
    ((mixed ^ (mixed >> 12)).wrapping_mul(0x297a_2d39) >> 15) & 255
}
