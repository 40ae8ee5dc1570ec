//! `hnh-server healthy`: for where containers are watched by a command and have no shell.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;

/// How long the server has to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Which server.
#[derive(Args)]
pub struct Healthy {
    /// Address and port that the server listens on
    #[arg(long, env = "HNH_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
}

impl Healthy {
    /// Asks the server on this machine.
    ///
    /// # Errors
    /// When it does not say that it is well.
    pub fn run(&self) -> Result<()> {
        let mut address = self.listen;
        if address.ip().is_unspecified() {
            address.set_ip([127, 0, 0, 1].into());
        }
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /healthz HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        ensure!(status.ends_with(b" 200"), "the server answers, but is not well");
        Ok(())
    }
}
