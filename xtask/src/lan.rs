//! HTTPS on the local network, so that a phone in the same house can use everything: browsers give position, saving and
//! signing in to secure addresses alone.

use std::fs;
use std::net::{IpAddr, UdpSocket};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// A certificate of this machine's own, and its key.
pub(crate) struct Certificate {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// This machine's address on the local network.
///
/// # Errors
/// When it has none.
pub(crate) fn address() -> Result<IpAddr> {
    // Nothing is sent: the system only chooses the way, and with it the address that others see.
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    socket.connect("192.0.2.1:9").context("this machine is on no network")?;
    let address = socket.local_addr()?.ip();
    if address.is_loopback() || address.is_unspecified() {
        bail!("this machine is on no network: connect it to the one that the phone is on");
    }
    Ok(address)
}

/// The certificate for an address, made once and kept in `folder`, so that a phone that trusts it goes on doing so.
///
/// # Errors
/// When it cannot be made or written.
pub(crate) fn certificate(folder: &Path, address: IpAddr) -> Result<Certificate> {
    let files = Certificate {
        certificate: folder.join(format!("{address}.crt.pem").replace(':', "-")),
        key: folder.join(format!("{address}.key.pem").replace(':', "-")),
    };
    if files.certificate.is_file() && files.key.is_file() {
        return Ok(files);
    }
    let made = rcgen::generate_simple_self_signed([address.to_string(), "localhost".to_owned()])?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    fs::write(&files.certificate, made.cert.pem())?;
    write_secret(&files.key, &made.signing_key.serialize_pem())?;
    Ok(files)
}

/// Writes a file that its owner alone can read.
fn write_secret(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| path.display().to_string())?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    Ok(())
}

/// An address as a code to point a phone's camera at.
///
/// # Errors
/// When it is too long for one.
pub(crate) fn code(address: &str) -> Result<String> {
    let code = QrCode::new(address)?;
    // Light on dark terminals and the other way round: cameras read both, and the quiet zone comes with it.
    Ok(code.render::<Dense1x2>().build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_made_once_and_its_key_is_secret() {
        let folder = tempfile::tempdir().unwrap();
        let address: IpAddr = "192.168.0.7".parse().unwrap();
        let first = certificate(folder.path(), address).unwrap();
        let pem = fs::read_to_string(&first.certificate).unwrap();
        assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&first.key).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let again = certificate(folder.path(), address).unwrap();
        assert_eq!(fs::read_to_string(again.certificate).unwrap(), pem);
    }

    #[test]
    fn an_address_becomes_a_code() {
        let code = code("https://192.168.0.7:8000").unwrap();
        assert!(code.lines().count() > 10, "{code}");
    }
}
