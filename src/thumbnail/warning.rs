//! What the user should know about a thumbnail that was made all the same.

use std::fmt;

/// Something about a thumbnail that its picture does not show at once. Shown as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The quality was lowered to keep to the bytes.
    QualityLowered {
        /// What it is now, from 1 to 100.
        quality: u8,
        /// The bytes that were allowed.
        max_bytes: usize,
    },
    /// The size was lowered to keep to the bytes.
    SizeLowered {
        /// The width in pixels that it is now.
        width: u32,
        /// The height in pixels that it is now.
        height: u32,
        /// The bytes that were allowed.
        max_bytes: usize,
    },
    /// The file ends before the picture does.
    CutOff {
        /// How much of the picture there is, in percent.
        percent: u8,
    },
    /// It is coded in a rare way, of which only every eighth pixel can be read.
    Coarse,
    /// The colours are in a profile that could not be used.
    ProfileIgnored,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::QualityLowered { quality, max_bytes } => write!(
                f,
                "the quality was lowered to {quality} to keep to {max_bytes} bytes"
            ),
            Self::SizeLowered {
                width,
                height,
                max_bytes,
            } => write!(
                f,
                "the size was lowered to {width}×{height} pixels to keep to {max_bytes} bytes"
            ),
            Self::CutOff { percent: 100 } => {
                write!(
                    f,
                    "the file is cut off, but enough for a thumbnail is there"
                )
            }
            Self::CutOff { percent } => write!(
                f,
                "the file is cut off: only {percent} % of the picture is there, the rest is blank"
            ),
            Self::Coarse => write!(
                f,
                "the picture is coded in a rare way and comes out coarse: save it as an ordinary JPEG for a sharper one"
            ),
            Self::ProfileIgnored => write!(
                f,
                "the embedded colour profile could not be used, so that colours may be a little off"
            ),
        }
    }
}
