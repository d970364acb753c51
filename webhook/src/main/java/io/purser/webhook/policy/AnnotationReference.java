package io.purser.webhook.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reference of all annotations, for the documentation and the command line. */
public final class AnnotationReference {

    /** Constant, type, what holds when nothing is set, meaning (Markdown). */
    private static final String TEXTS = """
            INJECT | true, init or false |  | whether secrets are injected; `init`: once before the application starts, no sidecar (purser.io only)
            STATUS | text |  | written by Purser: `injected` and the version. A peer's `injected` keeps a pod from being injected again
            ROLE | text |  | the store's role for the pod's identity
            SECRET | secret path |  | path of a secret; renders the file NAME. With `#field` at its end: that field alone (purser.io only)
            TEMPLATE | template |  | an inline template for the file NAME
            TEMPLATES | ConfigMap names |  | comma-separated; every key is a template, rendered to a file of that name less `.tmpl` or `.ctmpl`, unless the pod names a file so itself; two keys of one file are an error
            TEMPLATE_KEY | CONFIGMAP/KEY |  | a template in a ConfigMap, for the file NAME
            TEMPLATE_PATH | absolute path |  | a template in a file of the agent's container (see copy-volume-mounts), for the file NAME
            FORMAT | json, yaml, env, properties, raw or map | json | format of a secret without a template
            DEFAULT_FORMAT | json, yaml, env, properties or map | json | format of all secrets without a template or a format of their own
            DEFAULT_TEMPLATE | map or json | map | the peer's default template for secrets without one
            FILE | file name or relative path | NAME | where the file is written under the mount path
            MODE | file mode | 0644 | mode of the file, octal; in a pod with an fsGroup and without the peer's injection the default is 0640
            ERROR_ON_MISSING_KEY | boolean | false | whether a key that the secret lacks is an error
            LEFT_DELIMITER | text | {{ | opens an action of the template
            RIGHT_DELIMITER | text | }} | closes an action of the template
            PRESERVE_CASE | boolean | false | whether the peer's NAMEs keep their case; under purser.io they always do
            PRESERVE_CASE_OF | boolean | false | the same for one NAME
            ENV | NAME or NAME#KEY |  | an environment variable of the application from the key KEY (default VAR) of the file NAME, which is in the format `env`; needs a cluster of 1.35 or later
            REFRESH | any text |  | any new value on a running pod: fetch and render everything now
            INJECT_TOKEN | boolean | false | whether the application gets the store's token as the file `token`
            NOTIFY | signal:SIGNAL:PROCESS, exec:[...] or http:PORT/PATH |  | what to do after the file has changed; several, one a line
            COMMAND | shell command |  | a shell command after each rendering; makes the agent use the image with a shell
            MOUNT_PATH | absolute path | /purser/secrets | where the secret volume is mounted; `/vault/secrets` for a pod with the peer's injection
            MOUNT_PATH_OF | absolute path |  | another volume's path for the file NAME
            CONTAINERS | container names |  | comma-separated: which containers get the mounts; unset: all application containers. Under purser.io init containers may be named too; with the peer's injection all init containers get them
            ATOMIC_SET | boolean | false | whether the files of a volume change together, behind one `..data` link as in a ConfigMap
            VOLUME_SIZE | quantity | 8Mi | size limit of each memory volume; a rename needs room for a file twice
            SIDECAR | native, classic or auto | auto | one init container that stays, or an init container and a sidecar
            PRE_POPULATE | boolean | true | whether there is an init container
            PRE_POPULATE_ONLY | boolean | false | whether there is only an init container
            INIT_FIRST | boolean | false | whether the agent comes before all other init containers
            IMAGE | image |  | image of the agent's containers
            CONFIGMAP | ConfigMap name |  | configuration of Vault's own agent: `config.hcl` and `config-init.hcl` in a ConfigMap
            EXTRA_SECRET | Secret name |  | a Secret mounted in the agent at /vault/custom
            COPY_VOLUME_MOUNTS | container name |  | a container whose volume mounts the agent gets too
            LIMITS_CPU | quantity |  | CPU limit; unset: 2, or 1 where each container of the application has one, and up to 2 of theirs before they start; empty for none
            LIMITS_MEMORY | quantity |  | memory limit; unset: 64Mi and the memory volumes, or the request where that is more; empty for none
            LIMITS_EPHEMERAL | quantity |  | ephemeral storage limit; empty for none
            REQUESTS_CPU | quantity | 20m | CPU request; empty for none
            REQUESTS_MEMORY | quantity | 48Mi | memory request; empty for none
            REQUESTS_EPHEMERAL | quantity |  | ephemeral storage request; empty for none
            RUN_AS_USER | user id, or platform | 65532 | user of the agent; 100 with the peer's injection; `platform` leaves it to the platform (purser.io only)
            RUN_AS_GROUP | group id | 65532 | group of the agent; 1000 with the peer's injection
            RUN_AS_SAME_USER | boolean | false | whether the agent runs as the first container's user
            SET_SECURITY_CONTEXT | boolean | true | whether the agent's containers get a security context
            SHARE_PROCESS_NAMESPACE | boolean |  | sets the pod's shareProcessNamespace
            JSON_PATCH | RFC 6902 patch |  | patch of the sidecar container, or of the native sidecar
            INIT_JSON_PATCH | RFC 6902 patch |  | patch of the init container
            AGENT_PORT | port | 14321 | port of the agent's probes and metrics
            AUTH_METHOD | auth method | kubernetes | how the agent logs in: kubernetes, jwt, approle, cert or token_file
            AUTH_MOUNT | path | auth/kubernetes | path of the auth mount
            AUTH_PARAMETER | text |  | a parameter of the auth method; dashes in PARAM become underscores
            AUTH_MIN_BACKOFF | duration | 1s | first wait after a failed login
            AUTH_MAX_BACKOFF | duration | 5m | longest wait between logins
            AUTH_EXIT_ON_ERROR | boolean | false | whether the first failed login ends the agent
            TOKEN_AUDIENCE | text |  | audience of the agent's projected token; unset: the API server's
            TOKEN_EXPIRY | duration | 1h | lifetime of the agent's projected token, at least 10m
            TOKEN_VOLUME | volume name |  | a projected volume of the pod whose token is used
            REQUEST_NAMESPACE | text |  | must not be empty; has no effect here, the request's namespace counts
            STORE_ADDRESS | URL |  | base URL of the store
            STORE_NAMESPACE | text |  | namespace in the store; empty for the root
            PROXY_ADDRESS | URL or HOST:PORT |  | HTTP proxy on the way to the store; empty for none
            TLS_SECRET | Secret name |  | a Secret with certificates, mounted in the agent at /vault/tls
            TLS_SKIP_VERIFY | boolean | false | whether any certificate of the store is accepted
            TLS_SERVER_NAME | host name |  | the name expected in the store's certificate
            CA_CERT | absolute path |  | file of CA certificates in the agent's container
            CA_PATH | absolute path |  | directory of CA certificates in the agent's container
            CLIENT_CERT | absolute path |  | client certificate in the agent's container
            CLIENT_KEY | absolute path |  | key of the client certificate in the agent's container
            CLIENT_TIMEOUT | duration, or seconds | 60s | limit of one request to the store
            CLIENT_MAX_RETRIES | whole number | 2 | how often a request without an answer is tried again
            MAX_CONNECTIONS | whole number | 0 | limit of connections to the store: noted, the agent uses one
            DISABLE_IDLE_CONNECTIONS | auto-auth, caching, templating |  | noted, without effect: the agent keeps at most one idle connection
            DISABLE_KEEP_ALIVES | auto-auth, caching, templating |  | noted, without effect
            REFRESH_INTERVAL | duration | 5m | between two reads of a static secret
            LEASE_THRESHOLD | number above 0, at most 1 |  | share of a lease after which it is renewed or replaced
            EXIT_ON_RETRY_FAILURE | boolean | true | false: an agent that lacks a file goes on trying past the default init deadline
            INIT_DEADLINE | duration | 5m | after which an agent that still lacks a file gives up and says what it waited for
            REVOKE_ON_SHUTDOWN | boolean | true | whether the token and its leases are revoked at the end; false with the peer's injection
            REVOKE_GRACE | seconds | 5 | wait before the revocation, so that the application ends first
            LEASE_OVERLAP | duration | 30s | how long an old lease lives on after its successor was announced
            CACHE_ENABLE | boolean | false | whether the agent forwards the application's API calls to the store
            CACHE_PORT | port | 8200 | loopback port of that listener
            CACHE_TOKEN | true, force or false | true | whether forwarded calls get the agent's token
            CACHE_EXIT_ON_ERROR | boolean | false | noted: what init leaves for the sidecar is taken over, or made anew
            ENABLE_QUIT | boolean | false | whether POST /agent/v1/quit on that listener ends the agent
            LOG_LEVEL | trace, debug, info, warn or error | info | how much the agent logs
            LOG_FORMAT | text or json | text | `standard` is text
            GO_MAX_PROCS | whole number |  | processors that the agent may use
            TELEMETRY | text or JSON |  | noted: the agent serves its metrics at /metrics, and pushes none
            """;

    private AnnotationReference() {}

    /**
     * What the reference says of one annotation.
     *
     * @param annotation which
     * @param type what its values look like
     * @param fallback what holds when neither the pod nor the operator says anything; may be empty
     * @param meaning one sentence, in Markdown
     */
    public record Entry(Annotation annotation, String type, String fallback, String meaning) {

        /** Its name under {@code purser.io/}, or null. */
        public @Nullable String nativeName() {
            return annotation.nameIn(Domain.PURSER) == null ? null : annotation.display(Domain.PURSER);
        }

        /** Its name under the peer's prefixes, without one; or null. */
        public @Nullable String peerName() {
            return annotation.nameIn(Domain.VAULT) == null
                    ? null
                    : annotation
                            .display(Domain.VAULT)
                            .substring(Domain.VAULT.prefix().length());
        }
    }

    /** All entries, in the order of the themes. */
    public static List<Entry> entries() {
        Map<Annotation, Entry> entries = new EnumMap<>(Annotation.class);
        for (String line : TEXTS.split("\n", -1)) {
            String[] cells = line.split(" \\| ?", -1);
            if (cells.length == 4) {
                Annotation annotation = Annotation.valueOf(cells[0]);
                entries.put(annotation, new Entry(annotation, cells[1], cells[2], cells[3]));
            }
        }
        return new ArrayList<>(entries.values());
    }

    /** The reference page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Annotations\n\n")
                .append("Made from the code by the test `AnnotationReferenceTest`; do not edit.\n\n")
                .append("An annotation is looked for under `purser.io/`, then `openbao.org/`, then ")
                .append("`vault.hashicorp.com/`; the first one found counts, for each annotation alone. ")
                .append("Under the latter two it has the name of Vault's injector, and its meaning. NAME stands for a ")
                .append("file, VAR for an environment variable, PARAM for a parameter. Booleans are those of Go: ")
                .append(
                        "`true`, `false`, `1`, `0`, `t`, `f`; empty is false. A line break at a value's end, as YAML's `|` leaves it, ")
                .append("is not a part of it under `purser.io/`; under the others it is, and warned of.\n");
        Annotation.Theme theme = null;
        for (Entry entry : entries()) {
            if (entry.annotation().theme() != theme) {
                theme = entry.annotation().theme();
                page.append("\n## ").append(theme.title()).append("\n\n");
                page.append(
                        "| purser.io/ | openbao.org/, vault.hashicorp.com/ | value | default | meaning | since |\n");
                page.append("| --- | --- | --- | --- | --- | --- |\n");
            }
            page.append(row(entry));
        }
        return page.toString();
    }

    private static String row(Entry entry) {
        String own = entry.nativeName() == null
                ? ""
                : code(entry.nativeName().substring(Domain.PURSER.prefix().length()));
        String peer = entry.peerName() == null ? "" : code(entry.peerName());
        String fallback = entry.fallback().isEmpty() ? "" : code(entry.fallback());
        return "| " + own + " | " + peer + " | " + entry.type() + " | " + fallback + " | " + entry.meaning() + " | "
                + entry.annotation().since() + " |\n";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
