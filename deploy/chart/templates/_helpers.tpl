{{/* Labels of every object. */}}
{{- define "purser.labels" -}}
app.kubernetes.io/name: purser
app.kubernetes.io/part-of: purser
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* What selects the webhook's pods; never to be changed, a Deployment's selector cannot be. */}}
{{- define "purser.selector" -}}
app.kubernetes.io/name: purser
app.kubernetes.io/component: webhook
{{- end }}

{{/* An image's reference: by digest where there is one. */}}
{{- define "purser.image" -}}
{{- $image := index . 0 -}}
{{- $chart := index . 1 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default $chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* The settings as the webhook's environment. */}}
{{- define "purser.settings" -}}
PURSER_AGENT_IMAGE: {{ include "purser.image" (list .Values.image.agent .Chart) | quote }}
PURSER_LOG_FORMAT: {{ .Values.logFormat | quote }}
{{- with .Values.store.address }}
PURSER_STORE_ADDRESS: {{ . | quote }}
{{- end }}
{{- with .Values.store.namespace }}
PURSER_STORE_NAMESPACE: {{ . | quote }}
{{- end }}
{{- with .Values.store.ca }}
PURSER_STORE_CA: {{ . | quote }}
{{- end }}
{{- if ne .Values.auth.method "kubernetes" }}
PURSER_AUTH_METHOD: {{ .Values.auth.method | quote }}
{{- end }}
{{- if ne .Values.auth.mount "auth/kubernetes" }}
PURSER_AUTH_MOUNT: {{ .Values.auth.mount | quote }}
{{- end }}
{{- with .Values.auth.audience }}
PURSER_TOKEN_AUDIENCE: {{ . | quote }}
{{- end }}
{{- if .Values.openshift }}
PURSER_RUN_AS_USER: platform
{{- end }}
{{- $elsewhere := dict "agent-image" "image.agent" "log-format" "logFormat" "store-address" "store.address"
      "store-namespace" "store.namespace" "store-ca" "store.ca" "auth-method" "auth.method" "auth-mount" "auth.mount"
      "token-audience" "auth.audience" }}
{{- if .Values.openshift }}{{ $_ := set $elsewhere "run-as-user" "openshift: false" }}{{ end }}
{{- $chart := list "listen" "health-listen" "tls-cert" "tls-key" "tls-wait" "policy-file" "own-namespace" }}
{{- range $name, $value := .Values.settings }}
{{- with get $elsewhere $name }}{{ fail (printf "settings.%s: set %s in its place" $name .) }}{{ end }}
{{- if has $name $chart }}{{ fail (printf "settings.%s: the chart sets this itself; leave it out" $name) }}{{ end }}
{{- /* Helm holds numbers as floats; toString would write a long one as 1.00065e+09. */}}
{{- $whole := and (kindIs "float64" $value) (eq (floor $value) $value) }}
PURSER_{{ $name | upper | replace "-" "_" }}: {{ if $whole }}{{ printf "%.0f" $value | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}
{{- end }}
{{- end }}
