"""Creates the templates on an emulated AWS and lets two alarms ring: figure, alarm, SNS, the function, a Slack that is played.

Then the server's own program publishes a catalogue to the emulated bucket and takes a file back from it.
Run by `cargo xtask cloud`, which starts the emulator: try_out.py ENDPOINT ALERTS SERVER DATA
"""

import http.server
import io
import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import boto3
import cfnlint.decode

REGION = "ap-northeast-2"
# What the emulator does not know.
UNKNOWN = {
    "AWS::EC2::EIP", "AWS::EC2::NatGateway", "AWS::EKS::Addon", "AWS::EKS::AccessEntry", "AWS::IAM::OIDCProvider",
    "AWS::WAFv2::LoggingConfiguration",
}
UNKNOWN_ATTRIBUTES = ("MasterUserSecret",)
STACKS = {
    "network": {},
    "edge": {"Host": "hnh.example.com", "ZoneName": "example.com"},
    "data": {},
    "cluster": {},
    "alarms": {"CodeBucket": "code"},
}
# AWS's "Parameters and Secrets" extension listens here.
EXTENSION = ("127.0.0.1", 2773)

endpoint, program, server, data = sys.argv[1:5]
access = {"endpoint_url": endpoint, "region_name": REGION, "aws_access_key_id": "test", "aws_secret_access_key": "test"}
told = queue.Queue()


class SecretsAndSlack(http.server.BaseHTTPRequestHandler):
    """The extension, whose secret leads to this very server, and Slack."""

    def answer(self, body=b"ok"):
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(json.dumps({"SecretString": "http://%s:%d/slack" % EXTENSION}).encode())

    def do_POST(self):
        told.put(json.loads(self.rfile.read(int(self.headers["content-length"])))["text"])
        self.answer()

    def log_message(self, *_):
        pass


def names(part):
    """The names of resources that a part of a template refers to."""
    text = json.dumps(part)
    return {name for name in resources if f'"Ref": "{name}"' in text or f'"{name}"' in text or f"${{{name}" in text}


def stack(name, parameters):
    """Creates a stack of what the emulator knows; returns what was left out."""
    global resources
    template, problems = cfnlint.decode.decode(str(pathlib.Path(__file__).parent / f"{name}.yaml"))
    assert not problems, problems
    template = json.loads(json.dumps(template))
    resources = template["Resources"]
    out = {key for key, value in resources.items() if value["Type"] in UNKNOWN}
    while more := {key for key, value in resources.items() if key not in out and names(value) & out}:
        out |= more
    template["Resources"] = {key: value for key, value in resources.items() if key not in out}
    template["Outputs"] = {
        key: value for key, value in template.get("Outputs", {}).items()
        if not names(value) & out and not any(attribute in json.dumps(value) for attribute in UNKNOWN_ATTRIBUTES)
    }
    client = boto3.client("cloudformation", **access)
    client.create_stack(
        StackName=f"hnh-{name}", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    for _ in range(120):
        state = client.describe_stacks(StackName=f"hnh-{name}")["Stacks"][0]
        if not state["StackStatus"].endswith("IN_PROGRESS"):
            break
        time.sleep(0.25)
    if state["StackStatus"] != "CREATE_COMPLETE":
        events = client.describe_stack_events(StackName=f"hnh-{name}")["StackEvents"]
        reasons = [(e["LogicalResourceId"], e.get("ResourceStatusReason")) for e in events if "FAILED" in e["ResourceStatus"]]
        sys.exit(f"{name}: {state['StackStatus']} {reasons}")
    print(f"    {name}: {len(template['Resources'])} resources created" + (f", not known to the emulator: {', '.join(sorted(out))}" if out else ""))


def upload():
    """Puts the program where the template looks for the function's code."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, pathlib.Path(program).read_bytes())
    objects = boto3.client("s3", **access)
    objects.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": REGION})
    objects.put_object(Bucket="code", Key="alerts/bootstrap.zip", Body=packed.getvalue())


def ring(namespace, metric, value, expected):
    """Reports a figure and waits for the message."""
    began = time.monotonic()
    boto3.client("cloudwatch", **access).put_metric_data(Namespace=namespace, MetricData=[{"MetricName": metric, "Value": value}])
    while True:
        text = told.get(timeout=60)
        if expected in text:
            print(f"    {metric} → Slack in {time.monotonic() - began:.2f} s: {text.splitlines()[3]}")
            return


def bucket():
    """Publishes a catalogue and backs a file up as the cluster's jobs do."""
    objects = boto3.client("s3", **access)
    objects.create_bucket(Bucket="data", CreateBucketConfiguration={"LocationConstraint": REGION})
    environment = {
        **os.environ, "HNH_OBJECTS_URL": "s3://data", "AWS_ENDPOINT": endpoint, "AWS_ALLOW_HTTP": "true", "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "HNH_DATA": data,
    }

    def run(*words):
        done = subprocess.run([server, *words], env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    version = run("catalog", "publish").split()[-1]
    assert objects.get_object(Bucket="data", Key="catalog/CURRENT")["Body"].read().decode() == version
    files = objects.list_objects_v2(Bucket="data", Prefix=f"catalog/versions/{version}/")["KeyCount"]
    with tempfile.TemporaryDirectory() as folder:
        before, after = pathlib.Path(folder, "hnh.dump"), pathlib.Path(folder, "back")
        before.write_bytes(os.urandom(12_000_000))
        run("objects", "put", str(before), "backups/", "--keep-days", "35")
        run("objects", "get", "backups/", str(after))
        assert before.read_bytes() == after.read_bytes(), "what came back is not what was put"
    print(f"    S3: a catalogue of {files} files published, 12 MB put and got back")


threading.Thread(target=http.server.ThreadingHTTPServer(EXTENSION, SecretsAndSlack).serve_forever, daemon=True).start()
upload()
for name, parameters in STACKS.items():
    stack(name, parameters)
ring("ContainerInsights", "pod_cpu_utilization_over_pod_limit", 35.0, "60초 동안 pod CPU 사용량이 20% 이상 입니다 (1회)")
ring("AWS/WAFV2", "BlockedRequests", 13.0, "60초 동안 Web Application 공격이 5회 이상 발생하였습니다")
bucket()
