//! What no schema tells of manifests: whether the objects fit each other.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

/// Objects that are made by hand or by another program, see docs/operators.md: kind, namespace, name.
const FROM_ELSEWHERE: [(&str, &str, &str); 4] = [
    ("Secret", "backend", "database"),
    ("Secret", "backend", "hnh-server"),
    ("ConfigMap", "backend", "rds-ca"),
    ("ServiceAccount", "backend", "hnh-server"),
];

/// Namespaces that are there before ours.
const OTHER_NAMESPACES: [&str; 1] = ["monitoring"];

/// Annotations that the AWS Load Balancer Controller reads, of those we may want: nothing else would notice a wrong letter.
/// <https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/>
const ALB: [&str; 16] = [
    "backend-protocol",
    "certificate-arn",
    "group.name",
    "healthcheck-interval-seconds",
    "healthcheck-path",
    "healthcheck-timeout-seconds",
    "inbound-cidrs",
    "listen-ports",
    "load-balancer-attributes",
    "scheme",
    "ssl-policy",
    "ssl-redirect",
    "subnets",
    "target-group-attributes",
    "target-type",
    "wafv2-acl-arn",
];

/// The objects of a rendered overlay.
pub(super) struct Manifests(Vec<Value>);

/// A text at a path, empty where there is none.
fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(object: &'a Value, pointer: &str) -> &'a [Value] {
    object.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

type Labels = BTreeMap<String, String>;

fn labels(object: &Value, pointer: &str) -> Labels {
    let found = object.pointer(pointer).cloned().unwrap_or_default();
    serde_json::from_value(found).unwrap_or_default()
}

/// Whether a selector chooses what has these labels. Expressions with `In` are all we use.
fn selects(selector: &Value, labels: &Labels) -> bool {
    let exactly = self::labels(selector, "/matchLabels");
    exactly.iter().all(|(name, value)| labels.get(name) == Some(value))
        && list(selector, "/matchExpressions").iter().all(|expression| {
            let value = labels.get(text(expression, "/key")).map(String::as_str).unwrap_or_default();
            list(expression, "/values").iter().any(|known| known == value)
        })
}

/// A workload and its pods.
struct Workload<'a> {
    name: String,
    namespace: &'a str,
    kind: &'a str,
    object: &'a Value,
    pod: &'a Value,
}

impl Workload<'_> {
    fn labels(&self) -> Labels {
        labels(self.pod, "/metadata/labels")
    }

    fn containers(&self) -> impl Iterator<Item = &Value> {
        list(self.pod, "/spec/initContainers").iter().chain(list(self.pod, "/spec/containers"))
    }

    fn has_port(&self, port: &Value) -> bool {
        let ports = self.containers().flat_map(|container| list(container, "/ports"));
        ports.into_iter().any(|own| own.get("name") == Some(port) || own.get("containerPort") == Some(port))
    }
}

impl Manifests {
    /// Reads what kustomize printed.
    ///
    /// # Errors
    /// When it is no YAML.
    pub(super) fn read(yaml: &str) -> Result<Self> {
        let documents = serde_yaml_ng::Deserializer::from_str(yaml).map(Value::deserialize);
        let objects = documents.collect::<Result<Vec<_>, _>>().context("what kustomize printed is no YAML")?;
        Ok(Self(objects.into_iter().filter(|object| !object.is_null()).collect()))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter(move |object| text(object, "/kind") == kind)
    }

    fn find(&self, kind: &str, namespace: &str, name: &str) -> Option<&Value> {
        self.0.iter().find(|object| {
            text(object, "/kind") == kind
                && text(object, "/metadata/name") == name
                && text(object, "/metadata/namespace") == namespace
        })
    }

    fn is_there(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.find(kind, namespace, name).is_some() || FROM_ELSEWHERE.contains(&(kind, namespace, name))
    }

    fn workloads(&self) -> Vec<Workload<'_>> {
        let pods = self.0.iter().filter_map(|object| {
            let kind = text(object, "/kind");
            let pod = match kind {
                "Deployment" | "StatefulSet" | "Job" => "/spec/template",
                "CronJob" => "/spec/jobTemplate/spec/template",
                _ => return None,
            };
            let namespace = text(object, "/metadata/namespace");
            let name = format!("{kind} {namespace}/{}", text(object, "/metadata/name"));
            Some(Workload { name, namespace, kind, object, pod: object.pointer(pod)? })
        });
        pods.collect()
    }

    /// What does not fit, in sentences.
    pub(super) fn misfits(&self) -> Vec<String> {
        let workloads = self.workloads();
        let mut found = Vec::new();
        self.namespaces(&mut found);
        for workload in &workloads {
            self.workload(workload, &mut found);
        }
        self.selectors(&workloads, &mut found);
        self.autoscalers(&workloads, &mut found);
        self.ingresses(&mut found);
        found
    }

    fn namespaces(&self, found: &mut Vec<String>) {
        let known: BTreeSet<&str> =
            self.of_kind("Namespace").map(|object| text(object, "/metadata/name")).chain(OTHER_NAMESPACES).collect();
        for object in &self.0 {
            let (kind, name) = (text(object, "/kind"), text(object, "/metadata/name"));
            let namespace = text(object, "/metadata/namespace");
            if !matches!(kind, "Namespace" | "PersistentVolume") && !known.contains(namespace) {
                found.push(format!("{kind} {name}: there is no namespace \"{namespace}\""));
            }
        }
    }

    fn workload(&self, workload: &Workload<'_>, found: &mut Vec<String>) {
        let Workload { name, namespace, kind, object, pod } = workload;
        if matches!(*kind, "Deployment" | "StatefulSet")
            && !object.pointer("/spec/selector").is_some_and(|selector| selects(selector, &workload.labels()))
        {
            found.push(format!("{name}: its selector does not choose its own pods"));
        }
        let account = text(pod, "/spec/serviceAccountName");
        if !account.is_empty() && !self.is_there("ServiceAccount", namespace, account) {
            found.push(format!("{name}: there is no service account \"{account}\""));
        }
        for volume in list(pod, "/spec/volumes") {
            for (pointer, kind) in [
                ("/configMap/name", "ConfigMap"),
                ("/secret/secretName", "Secret"),
                ("/persistentVolumeClaim/claimName", "PersistentVolumeClaim"),
            ] {
                let wanted = text(volume, pointer);
                if !wanted.is_empty() && !self.is_there(kind, namespace, wanted) {
                    found.push(format!("{name}: there is no {kind} \"{wanted}\""));
                }
            }
        }
        let claims = list(object, "/spec/volumeClaimTemplates").iter().map(|claim| text(claim, "/metadata/name"));
        let volumes: BTreeSet<&str> =
            list(pod, "/spec/volumes").iter().map(|volume| text(volume, "/name")).chain(claims).collect();
        for container in workload.containers() {
            let name = format!("{name}, container {}", text(container, "/name"));
            for mount in list(container, "/volumeMounts") {
                let volume = text(mount, "/name");
                if !volumes.contains(volume) {
                    found.push(format!("{name}: there is no volume \"{volume}\""));
                }
            }
            for amount in ["/requests/cpu", "/requests/memory", "/limits/cpu", "/limits/memory"] {
                if container.pointer(&format!("/resources{amount}")).is_none() {
                    found.push(format!("{name}: resources{} is not set", amount.replace('/', ".")));
                }
            }
            self.environment(container, namespace, &name, found);
        }
    }

    /// References to ConfigMaps and Secrets with their keys, and variables that are put into others.
    fn environment(&self, container: &Value, namespace: &str, name: &str, found: &mut Vec<String>) {
        let mut variables = BTreeSet::new();
        for from in list(container, "/envFrom") {
            for (pointer, kind) in [("/configMapRef/name", "ConfigMap"), ("/secretRef/name", "Secret")] {
                let wanted = text(from, pointer);
                if !wanted.is_empty() && !self.is_there(kind, namespace, wanted) {
                    found.push(format!("{name}: there is no {kind} \"{wanted}\""));
                }
                let keys = self.find(kind, namespace, wanted).and_then(|object| object.get("data")?.as_object());
                variables.extend(keys.into_iter().flat_map(|keys| keys.keys().cloned()));
            }
        }
        for variable in list(container, "/env") {
            for (pointer, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                let Some(wanted) = variable.pointer(&format!("/valueFrom/{pointer}")) else { continue };
                let (object, key) = (text(wanted, "/name"), text(wanted, "/key"));
                if !self.is_there(kind, namespace, object) {
                    found.push(format!("{name}: there is no {kind} \"{object}\""));
                }
                let known = self.find(kind, namespace, object);
                let has =
                    |part: &str| known.is_some_and(|known| known.get(part).is_some_and(|part| part.get(key).is_some()));
                if known.is_some() && !has("data") && !has("stringData") {
                    found.push(format!("{name}: {kind} \"{object}\" has no key \"{key}\""));
                }
            }
        }
        variables.extend(list(container, "/env").iter().map(|variable| text(variable, "/name").to_owned()));
        let values = list(container, "/env").iter().map(|variable| text(variable, "/value"));
        let words = list(container, "/args").iter().chain(list(container, "/command")).filter_map(Value::as_str);
        let paths = list(container, "/volumeMounts").iter().map(|mount| text(mount, "/subPathExpr"));
        for value in values.chain(words).chain(paths) {
            for used in value.split("$(").skip(1).filter_map(|rest| rest.split_once(')')) {
                if !variables.contains(used.0) {
                    found.push(format!("{name}: \"{value}\" names a variable that is not set"));
                }
            }
        }
    }

    /// Services, disruption budgets and network policies choose pods that exist, and ports that these have.
    fn selectors(&self, workloads: &[Workload<'_>], found: &mut Vec<String>) {
        let chosen = |namespace: &str, selector: &Value| -> Vec<&Workload<'_>> {
            workloads.iter().filter(|own| own.namespace == namespace && selects(selector, &own.labels())).collect()
        };
        for service in self.of_kind("Service").filter(|service| text(service, "/spec/type") != "ExternalName") {
            let (namespace, name) = (text(service, "/metadata/namespace"), text(service, "/metadata/name"));
            let selector = serde_json::json!({"matchLabels": service.pointer("/spec/selector")});
            let pods = chosen(namespace, &selector);
            if pods.is_empty() {
                found.push(format!("Service {namespace}/{name} chooses no pods"));
            }
            for port in list(service, "/spec/ports") {
                let target = port.get("targetPort").or(port.get("port")).unwrap_or(&Value::Null);
                if pods.iter().any(|pod| !pod.has_port(target)) {
                    found.push(format!("Service {namespace}/{name}: its pods have no port {target}"));
                }
                if port.get("nodePort").and_then(Value::as_u64).is_some_and(|port| !(30_000..32_768).contains(&port)) {
                    found.push(format!("Service {namespace}/{name}: a node port is from 30000 to 32767"));
                }
            }
        }
        for (kind, pointer) in [("PodDisruptionBudget", "/spec/selector"), ("NetworkPolicy", "/spec/podSelector")] {
            for object in self.of_kind(kind) {
                let (namespace, name) = (text(object, "/metadata/namespace"), text(object, "/metadata/name"));
                let pods = chosen(namespace, object.pointer(pointer).unwrap_or(&Value::Null));
                if pods.is_empty() {
                    found.push(format!("{kind} {namespace}/{name} chooses no pods"));
                }
                for port in list(object, "/spec/ingress").iter().flat_map(|rule| list(rule, "/ports")) {
                    let port = port.get("port").unwrap_or(&Value::Null);
                    if !pods.iter().any(|pod| pod.has_port(port)) {
                        found.push(format!("{kind} {namespace}/{name}: its pods have no port {port}"));
                    }
                }
            }
        }
    }

    fn autoscalers(&self, workloads: &[Workload<'_>], found: &mut Vec<String>) {
        for scaler in self.of_kind("HorizontalPodAutoscaler") {
            let (namespace, name) = (text(scaler, "/metadata/namespace"), text(scaler, "/metadata/name"));
            let target = format!(
                "{} {namespace}/{}",
                text(scaler, "/spec/scaleTargetRef/kind"),
                text(scaler, "/spec/scaleTargetRef/name")
            );
            if !workloads.iter().any(|workload| workload.name == target) {
                found.push(format!("HorizontalPodAutoscaler {namespace}/{name}: there is no {target}"));
            }
            let bound = |pointer: &str| scaler.pointer(pointer).and_then(Value::as_u64).unwrap_or_default();
            if bound("/spec/minReplicas") > bound("/spec/maxReplicas") {
                found.push(format!("HorizontalPodAutoscaler {namespace}/{name}: its least is more than its most"));
            }
        }
    }

    fn ingresses(&self, found: &mut Vec<String>) {
        for ingress in self.of_kind("Ingress") {
            let (namespace, name) = (text(ingress, "/metadata/namespace"), text(ingress, "/metadata/name"));
            for key in labels(ingress, "/metadata/annotations").keys() {
                let unknown = key.strip_prefix("alb.ingress.kubernetes.io/").is_some_and(|key| !ALB.contains(&key));
                if unknown {
                    found.push(format!("Ingress {namespace}/{name}: the controller does not know \"{key}\""));
                }
            }
            for path in list(ingress, "/spec/rules").iter().flat_map(|rule| list(rule, "/http/paths")) {
                let (service, port) = (text(path, "/backend/service/name"), path.pointer("/backend/service/port"));
                let ports = self.find("Service", namespace, service).map(|service| list(service, "/spec/ports"));
                let there = ports.unwrap_or_default().iter().any(|own| {
                    port.is_some_and(|port| {
                        own.get("name") == port.get("name") || own.get("port") == port.get("number")
                    })
                });
                if !there {
                    found.push(format!("Ingress {namespace}/{name}: there is no such port of a service \"{service}\""));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
apiVersion: v1
kind: Namespace
metadata: {name: backend}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: backend}
data: {NAME: hnh}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: backend}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: files, configMap: {name: settings}}]
      containers:
        - name: web
          ports: [{name: http, containerPort: 8000}]
          envFrom: [{configMapRef: {name: settings}}]
          env: [{name: URL, value: "x/$(NAME)"}, {name: KEY, valueFrom: {configMapKeyRef: {name: settings, key: NAME}}}]
          resources: {requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}
          volumeMounts: [{name: files, mountPath: /files}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: backend}
spec: {selector: {app: web}, ports: [{name: web, port: 80, targetPort: http}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: backend}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 1, maxReplicas: 2}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: backend}
spec: {selector: {matchLabels: {app: web}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: backend}
spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8000}]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: backend, annotations: {alb.ingress.kubernetes.io/scheme: internal}}
spec: {rules: [{http: {paths: [{backend: {service: {name: web, port: {name: web}}}}]}}]}
"#;

    fn misfits(from: &str, to: &str) -> Vec<String> {
        assert!(WHOLE.contains(from), "{from}");
        Manifests::read(&WHOLE.replace(from, to)).unwrap().misfits()
    }

    #[test]
    fn what_fits_is_silent() {
        assert_eq!(misfits("web", "web"), [""; 0]);
    }

    #[test]
    fn each_misfit_is_told() {
        for (from, to, told) in [
            ("metadata: {name: backend}", "metadata: {name: other}", "no namespace \"backend\""),
            ("metadata: {labels: {app: web}}", "metadata: {labels: {app: w}}", "does not choose its own pods"),
            ("configMap: {name: settings}", "configMap: {name: s}", "no ConfigMap \"s\""),
            ("configMapRef: {name: settings}", "configMapRef: {name: s}", "no ConfigMap \"s\""),
            ("key: NAME", "key: N", "has no key \"N\""),
            ("$(NAME)", "$(N)", "a variable that is not set"),
            ("limits: {cpu: 1, memory: 1Mi}", "limits: {cpu: 1}", "limits.memory is not set"),
            ("[{name: files, mountPath", "[{name: f, mountPath", "no volume \"f\""),
            ("targetPort: http", "targetPort: h", "no port \"h\""),
            ("spec: {selector: {app: web}", "spec: {selector: {app: w}", "chooses no pods"),
            ("kind: Deployment, name: web", "kind: Deployment, name: w", "there is no Deployment backend/w"),
            ("minReplicas: 1", "minReplicas: 3", "its least is more than its most"),
            (
                "spec: {selector: {matchLabels: {app: web}}}",
                "spec: {selector: {matchLabels: {app: w}}}",
                "chooses no pods",
            ),
            ("[{port: 8000}]", "[{port: 8001}]", "no port 8001"),
            ("kubernetes.io/scheme", "kubernetes.io/schema", "does not know"),
            ("port: {name: web}", "port: {name: w}", "no such port"),
        ] {
            let found = misfits(from, to);
            assert!(found.iter().any(|misfit| misfit.contains(told)), "{from} → {to}: {found:?}");
        }
    }
}
