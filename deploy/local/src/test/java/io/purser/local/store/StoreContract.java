package io.purser.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.store.StoreClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What Purser relies on in a store. One suite, run on the embedded store and on a real one: each is measured by the other. */
abstract class StoreContract {

    static final TokenIssuer ISSUER = TokenIssuer.create();
    private static final TokenIssuer STRANGER = TokenIssuer.create();
    private static final TokenIssuer.Identity WEB = new TokenIssuer.Identity("shop", "web", "web-1", "uid-1");

    abstract StoreUnderTest store();

    private StoreClient root() {
        return store().root();
    }

    static JsonObject json(String text) {
        return Json.parse(text.replace('\'', '"')).asObject();
    }

    static String errors(Answer answer) {
        return String.valueOf(answer.body().get("errors"));
    }

    // --- key/value ---

    @Test
    void kv2ReadsWhatWasWrittenWithItsVersion() throws IOException {
        Answer written = root().put("secret/data/kv2/a", json("{'data':{'user':'u','port':5432,'on':true}}"));
        assertThat(written.status()).isEqualTo(200);
        assertThat(written.data().getInt("version")).isEqualTo(1);

        Answer read = root().get("secret/data/kv2/a");
        JsonObject secret = read.data().get("data").asObject();
        assertThat(secret.names()).containsExactlyInAnyOrder("user", "port", "on");
        assertThat(secret.getString("user")).isEqualTo("u");
        assertThat(secret.getInt("port")).isEqualTo(5432);
        assertThat(secret.getBoolean("on")).isTrue();
        assertThat(read.data().get("metadata").asObject().getInt("version")).isEqualTo(1);
        assertThat(read.body().getString("lease_id")).isEmpty();
        assertThat(read.body().getInt("lease_duration")).isZero();
        assertThat(read.body().getBoolean("renewable")).isFalse();
    }

    @Test
    void kv2KeepsOldVersions() throws IOException {
        root().put("secret/data/kv2/v", json("{'data':{'x':'1'}}"));
        root().put("secret/data/kv2/v", json("{'data':{'x':'2'}}"));

        assertThat(value("secret/data/kv2/v")).isEqualTo("2");
        assertThat(value("secret/data/kv2/v?version=1")).isEqualTo("1");
        assertThat(root().get("secret/data/kv2/v?version=3").status()).isEqualTo(404);
        JsonObject metadata = root().get("secret/metadata/kv2/v").data();
        assertThat(metadata.getInt("current_version")).isEqualTo(2);
        assertThat(metadata.get("versions").asObject().names()).containsExactlyInAnyOrder("1", "2");
    }

    private String value(String path) throws IOException {
        return root().get(path).data().get("data").asObject().getString("x");
    }

    @Test
    void kv2DeletesUndeletesAndDestroys() throws IOException {
        root().put("secret/data/kv2/d", json("{'data':{'x':'1'}}"));

        assertThat(root().delete("secret/data/kv2/d").status()).isEqualTo(204);
        Answer deleted = root().get("secret/data/kv2/d");
        assertThat(deleted.status()).isEqualTo(404);
        assertThat(deleted.data().get("data").isNull()).isTrue();
        assertThat(deleted.data().get("metadata").asObject().getString("deletion_time"))
                .isNotEmpty();

        assertThat(root().put("secret/undelete/kv2/d", json("{'versions':[1]}")).status())
                .isEqualTo(204);
        assertThat(value("secret/data/kv2/d")).isEqualTo("1");

        assertThat(root().put("secret/destroy/kv2/d", json("{'versions':[1]}")).status())
                .isEqualTo(204);
        Answer destroyed = root().get("secret/data/kv2/d");
        assertThat(destroyed.status()).isEqualTo(404);
        assertThat(destroyed.data().get("metadata").asObject().getBoolean("destroyed"))
                .isTrue();

        assertThat(root().delete("secret/metadata/kv2/d").status()).isEqualTo(204);
        assertThat(root().get("secret/metadata/kv2/d").status()).isEqualTo(404);
    }

    @Test
    void kv2RefusesAWriteThatMissesTheVersionOrTheWrapper() throws IOException {
        root().put("secret/data/kv2/c", json("{'data':{'x':'1'}}"));
        Answer late = root().put("secret/data/kv2/c", json("{'data':{'x':'2'},'options':{'cas':0}}"));
        assertThat(late.status()).isEqualTo(400);
        assertThat(errors(late)).isEqualTo("[\"check-and-set parameter did not match the current version\"]");

        Answer bare = root().put("secret/data/kv2/c", json("{'x':'2'}"));
        assertThat(bare.status()).isEqualTo(400);
        assertThat(errors(bare)).isEqualTo("[\"no data provided\"]");
    }

    @Test
    void kv2Lists() throws IOException {
        root().put("secret/data/list/a", json("{'data':{'x':'1'}}"));
        root().put("secret/data/list/deep/b", json("{'data':{'x':'1'}}"));

        JsonArray expected = new JsonArray().add("a").add("deep/");
        assertThat(root().list("secret/metadata/list").data().get("keys")).isEqualTo(expected);
        assertThat(root().get("secret/metadata/list?list=true").data().get("keys"))
                .isEqualTo(expected);
        Answer none = root().list("secret/metadata/nothing-here");
        assertThat(none.status()).isEqualTo(404);
        assertThat(errors(none)).isEqualTo("[]");
    }

    @Test
    void kv1ReadsListsAndDeletes() throws IOException {
        mount("kv1", "{'type':'kv','options':{'version':'1'}}");
        assertThat(root().put("kv1/a/b", json("{'user':'x','n':1.5}")).status()).isEqualTo(204);

        Answer read = root().get("kv1/a/b");
        assertThat(read.data().getString("user")).isEqualTo("x");
        assertThat(read.data().get("n").toString()).isEqualTo("1.5");
        assertThat(read.body().getInt("lease_duration")).isEqualTo(2764800);
        assertThat(root().list("kv1").data().get("keys")).isEqualTo(new JsonArray().add("a/"));

        root().put("kv1/t", json("{'ttl':'30s','x':'1'}"));
        assertThat(root().get("kv1/t").body().getInt("lease_duration")).isEqualTo(30);

        assertThat(root().delete("kv1/a/b").status()).isEqualTo(204);
        Answer gone = root().get("kv1/a/b");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(errors(gone)).isEqualTo("[]");
    }

    @Test
    void mountsTellTheirVersion() throws IOException {
        mount("kv1m", "{'type':'kv','options':{'version':'1'}}");
        JsonObject one = root().get("sys/internal/ui/mounts/kv1m/deep/path").data();
        assertThat(one.getString("path")).isEqualTo("kv1m/");
        assertThat(one.getString("type")).isEqualTo("kv");
        assertThat(one.get("options").asObject().getString("version")).isEqualTo("1");
        JsonObject two = root().get("sys/internal/ui/mounts/secret/x").data();
        assertThat(two.get("options").asObject().getString("version")).isEqualTo("2");

        Answer none = root().get("sys/internal/ui/mounts/nowhere/x");
        assertThat(none.status()).isEqualTo(403);
        assertThat(errors(none)).contains("preflight capability check returned 403", "nowhere/x/");
        Answer route = root().get("nowhere/x");
        assertThat(route.status()).isEqualTo(404);
        assertThat(errors(route)).contains("no handler for route");
    }

    @Test
    void everyTokenThatLivesMayAskForTheMountsInItsSight() throws IOException {
        Answer created = root().put("auth/token/create", json("{'policies':['nothing'],'no_default_policy':true}"));
        StoreClient caller = root().as(created.auth().getString("client_token"));
        assertThat(caller.get("auth/token/lookup-self").status()).isEqualTo(403);
        assertThat(caller.get("sys/internal/ui/mounts").status()).isEqualTo(200);
        assertThat(caller.get("sys/internal/ui/mounts")
                        .data()
                        .get("secret")
                        .asObject()
                        .get("secret/"))
                .isNull();
        assertThat(root().get("sys/internal/ui/mounts")
                        .data()
                        .get("secret")
                        .asObject()
                        .get("secret/"))
                .isNotNull();
        assertThat(root().as("bogus").get("sys/internal/ui/mounts").status()).isEqualTo(403);
    }

    // --- tokens and policies ---

    @Test
    void noTokenAndAWrongTokenAreDenied() throws IOException {
        for (String token : new String[] {null, "bogus"}) {
            Answer answer = root().as(token).get("secret/data/x");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(errors(answer)).isEqualTo("[\"permission denied\"]");
        }
    }

    @Test
    void policiesAllowByPathAndCapability() throws IOException {
        root().put("secret/data/team/a/db", json("{'data':{'x':'1'}}"));
        root().put("secret/data/team/a/private", json("{'data':{'x':'1'}}"));
        root().put("secret/data/other", json("{'data':{'x':'1'}}"));
        policy(
                "paths",
                Map.of(
                        "secret/data/team/+/db", "read",
                        "secret/data/team/*", "read",
                        "secret/data/team/a/private", "deny",
                        "secret/metadata/team/*", "list",
                        "secret/data/mine/*", "create"));
        StoreClient caller = root().as(token("{'policies':['paths']}"));

        assertThat(caller.get("secret/data/team/a/db").status()).isEqualTo(200);
        assertThat(caller.list("secret/metadata/team/a").status()).isEqualTo(200);
        assertThat(caller.get("sys/internal/ui/mounts/secret/team").status()).isEqualTo(200);
        assertThat(caller.get("secret/data/team/none").status()).isEqualTo(404);
        for (String path : List.of("secret/data/team/a/private", "secret/data/other")) {
            Answer denied = caller.get(path);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(errors(denied)).contains("permission denied");
        }
        assertThat(caller.put("secret/data/team/a/db", json("{'data':{'x':'2'}}"))
                        .status())
                .isEqualTo(403);
        assertThat(caller.put("secret/data/mine/new", json("{'data':{'x':'1'}}"))
                        .status())
                .isEqualTo(200);
        assertThat(caller.put("secret/data/mine/new", json("{'data':{'x':'2'}}"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPolicyInHclIsReadAndABadOneRefused() throws IOException {
        String hcl =
                "# the web shop\\npath \\\"secret/data/hcl/*\\\" {\\n  capabilities = [\\\"read\\\", \\\"list\\\"]\\n}\\n";
        assertThat(root().put(
                                "sys/policies/acl/hcl",
                                Json.parse("{\"policy\":\"" + hcl + "\"}").asObject())
                        .status())
                .isEqualTo(204);
        root().put("secret/data/hcl/x", json("{'data':{'x':'1'}}"));
        assertThat(root().as(token("{'policies':['hcl']}"))
                        .get("secret/data/hcl/x")
                        .status())
                .isEqualTo(200);

        Answer bad = root().put(
                        "sys/policies/acl/bad",
                        new JsonObject().add("policy", "path \"x/*\" { capabilities = [\"fly\"] }"));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(errors(bad)).contains("invalid capability");
    }

    @Test
    void tokensAreLookedUpRenewedUpToTheirMaximumAndRevoked() throws IOException {
        Answer created =
                root().put("auth/token/create", json("{'policies':['default'],'ttl':'10m','explicit_max_ttl':'1h'}"));
        assertThat(created.auth().getInt("lease_duration")).isEqualTo(600);
        assertThat(created.auth().getBoolean("renewable")).isTrue();
        StoreClient caller = root().as(created.auth().getString("client_token"));

        JsonObject self = caller.get("auth/token/lookup-self").data();
        assertThat(self.getInt("ttl")).isBetween(595, 600);
        assertThat(self.getInt("explicit_max_ttl")).isEqualTo(3600);
        assertThat(self.getString("type")).isEqualTo("service");

        assertThat(caller.put("auth/token/renew-self", json("{'increment':'20m'}"))
                        .auth()
                        .getInt("lease_duration"))
                .isBetween(1195, 1200);
        Answer capped = caller.put("auth/token/renew-self", json("{'increment':'20h'}"));
        assertThat(capped.auth().getInt("lease_duration")).isBetween(3590, 3600);
        assertThat(capped.body().get("warnings").toString())
                .contains("TTL of \\\"20h\\\" exceeded the effective max_ttl of \\\"1h\\\"");

        assertThat(caller.put("auth/token/revoke-self", new JsonObject()).status())
                .isEqualTo(204);
        assertThat(caller.get("auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void tokensThatCannotBeRenewedSaySo() throws IOException {
        StoreClient fixed = root().as(token("{'policies':['default'],'ttl':'10m','renewable':false}"));
        Answer refused = fixed.put("auth/token/renew-self", new JsonObject());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(errors(refused)).contains("lease is not renewable");

        StoreClient batch = root().as(token("{'policies':['default'],'ttl':'10m','type':'batch'}"));
        assertThat(batch.get("auth/token/lookup-self").data().getString("type")).isEqualTo("batch");
        assertThat(errors(batch.put("auth/token/renew-self", new JsonObject())))
                .contains("batch tokens cannot be renewed");
        assertThat(errors(batch.put("auth/token/revoke-self", new JsonObject())))
                .contains("batch tokens cannot be revoked");
    }

    @Test
    void aTokenEndsWithItsTimeItsUsesAndItsParent() throws IOException {
        StoreClient brief = root().as(token("{'policies':['default'],'ttl':'2s'}"));
        StoreClient counted = root().as(token("{'policies':['default'],'num_uses':2}"));
        String parent = token("{'policies':['root'],'ttl':'1h'}");
        StoreClient child = root().as(root().as(parent)
                .put("auth/token/create", json("{'policies':['default']}"))
                .auth()
                .getString("client_token"));

        assertThat(counted.get("auth/token/lookup-self").status()).isEqualTo(200);
        assertThat(counted.get("auth/token/lookup-self").status()).isEqualTo(200);
        assertThat(counted.get("auth/token/lookup-self").status()).isEqualTo(403);

        assertThat(child.get("auth/token/lookup-self").status()).isEqualTo(200);
        root().put("auth/token/revoke", new JsonObject().add("token", parent));
        assertThat(child.get("auth/token/lookup-self").status()).isEqualTo(403);

        assertThat(brief.get("auth/token/lookup-self").status()).isEqualTo(200);
        store().pass(Duration.ofSeconds(3));
        assertThat(brief.get("auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void healthNeedsNoToken() throws IOException {
        Answer health = root().as(null).get("sys/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().getBoolean("initialized")).isTrue();
        assertThat(health.body().getBoolean("sealed")).isFalse();
    }

    // --- logins ---

    @Test
    void jwtLoginChecksSignatureAudienceSubjectAndTime() throws IOException {
        method("jwt-shop", "jwt");
        root().mustPut(
                        "auth/jwt-shop/config",
                        new JsonObject().add("jwt_validation_pubkeys", new JsonArray().add(ISSUER.publicKeyPem())));
        root().mustPut(
                        "auth/jwt-shop/role/web",
                        json("{'role_type':'jwt','user_claim':'sub','bound_audiences':['vault'],"
                                + "'bound_subject':'system:serviceaccount:shop:web','token_policies':['web'],"
                                + "'token_ttl':'10m','token_max_ttl':'1h',"
                                + "'claim_mappings':{'/kubernetes.io/namespace':'ns'}}"));
        Instant now = Instant.now();
        Duration hour = Duration.ofHours(1);

        Answer in = login("jwt-shop", "web", ISSUER.sign(WEB, List.of("vault"), hour, now));
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.auth().getInt("lease_duration")).isEqualTo(600);
        assertThat(in.auth().getBoolean("renewable")).isTrue();
        assertThat(in.auth().get("policies").toString()).isEqualTo("[\"default\",\"web\"]");
        assertThat(in.auth().get("metadata")).isEqualTo(json("{'ns':'shop','role':'web'}"));

        refused("jwt-shop", "web", STRANGER.sign(WEB, List.of("vault"), hour, now), 400, "no known key successfully");
        refused("jwt-shop", "web", ISSUER.sign(WEB, List.of("x"), hour, now), 400, "invalid audience (aud) claim");
        refused(
                "jwt-shop",
                "web",
                ISSUER.sign(WEB, List.of("vault"), hour, now.minus(hour.multipliedBy(3))),
                400,
                "token is expired");
        TokenIssuer.Identity other = new TokenIssuer.Identity("shop", "other", "p", "u");
        refused("jwt-shop", "web", ISSUER.sign(other, List.of("vault"), hour, now), 400, "invalid subject (sub) claim");
        refused("jwt-shop", "none", "x.y.z", 400, "role \\\"none\\\" could not be found");
        refused("jwt-shop", "web", "junk", 400, "compact JWS format must have three parts");
    }

    void refused(String mount, String role, String jwt, int status, String words) throws IOException {
        Answer answer = login(mount, role, jwt);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(errors(answer)).contains(words);
    }

    Answer login(String mount, String role, String jwt) throws IOException {
        return root().as(null)
                .put(
                        "auth/" + mount + "/login",
                        new JsonObject().add("role", role).add("jwt", jwt));
    }

    @Test
    void kubernetesLoginChecksSignatureAudienceAccountAndTime() throws IOException {
        method("k8s", "kubernetes");
        root().mustPut("auth/k8s/config", kubernetesConfig());
        root().mustPut(
                        "auth/k8s/role/web",
                        json("{'bound_service_account_names':['web'],'bound_service_account_namespaces':['shop'],"
                                + "'audience':'vault','token_policies':['web'],'token_ttl':'10m'}"));
        root().mustPut(
                        "auth/k8s/role/any",
                        json("{'bound_service_account_names':['*'],'bound_service_account_namespaces':['*'],"
                                + "'token_policies':['web']}"));
        Instant now = Instant.now();
        Duration hour = Duration.ofHours(1);

        Answer in = login("k8s", "web", ISSUER.sign(WEB, List.of("vault"), hour, now));
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.auth().getInt("lease_duration")).isEqualTo(600);
        JsonObject metadata = in.auth().get("metadata").asObject();
        assertThat(metadata.getString("service_account_name")).isEqualTo("web");
        assertThat(metadata.getString("service_account_namespace")).isEqualTo("shop");
        assertThat(login("k8s", "any", ISSUER.sign(WEB, List.of(), hour, now)).status())
                .isEqualTo(200);

        refused("k8s", "web", STRANGER.sign(WEB, List.of("vault"), hour, now), 403, "permission denied");
        refused("k8s", "web", ISSUER.sign(WEB, List.of("x"), hour, now), 403, "invalid audience (aud) claim");
        refused(
                "k8s",
                "web",
                ISSUER.sign(WEB, List.of("vault"), hour, now.minus(hour.multipliedBy(3))),
                403,
                "token is expired");
        TokenIssuer.Identity account = new TokenIssuer.Identity("shop", "other", "p", "u");
        refused(
                "k8s",
                "web",
                ISSUER.sign(account, List.of("vault"), hour, now),
                403,
                "service account name not authorized");
        TokenIssuer.Identity elsewhere = new TokenIssuer.Identity("prod", "web", "p", "u");
        refused("k8s", "web", ISSUER.sign(elsewhere, List.of("vault"), hour, now), 403, "namespace not authorized");
        refused("k8s", "none", "x.y.z", 400, "invalid role name \\\"none\\\"");
        refused("k8s", "web", "junk", 403, "permission denied");
    }

    /** How the store knows the cluster's tokens; a real one also asks an API server. */
    abstract JsonObject kubernetesConfig();

    @Test
    void approleLoginNeedsBothIds() throws IOException {
        method("approle", "approle");
        root().mustPut("auth/approle/role/job", json("{'token_policies':['web'],'token_ttl':'10m'}"));
        String roleId = root().get("auth/approle/role/job/role-id").data().getString("role_id");
        String secretId = root().put("auth/approle/role/job/secret-id", new JsonObject())
                .data()
                .getString("secret_id");
        StoreClient anyone = root().as(null);

        JsonObject both = new JsonObject().add("role_id", roleId).add("secret_id", secretId);
        assertThat(anyone.put("auth/approle/login", both).auth().getInt("lease_duration"))
                .isEqualTo(600);
        Answer wrong = anyone.put(
                "auth/approle/login", new JsonObject().add("role_id", roleId).add("secret_id", "x"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(errors(wrong)).contains("invalid role or secret ID");
    }

    // --- leases ---

    @Test
    void aLeaseDiesWithTheTokenThatMadeIt() throws IOException {
        sshMount("ssh-dies");
        String token = token("{'policies':['otp']}");
        String lease = otp("ssh-dies", token).body().getString("lease_id");
        assertThat(lease).startsWith("ssh-dies/creds/otp/");
        assertThat(lookup(lease).data().getString("id")).isEqualTo(lease);

        root().as(token).put("auth/token/revoke-self", new JsonObject());

        assertThat(await(() -> lookup(lease).status() == 400)).isTrue();
        assertThat(errors(lookup(lease))).contains("invalid lease");
        assertThat(root().list("sys/leases/lookup/ssh-dies/creds/otp").status()).isEqualTo(404);
    }

    @Test
    void aLeaseDiesWhenItsTokensTimeIsOver() throws IOException {
        sshMount("ssh-late");
        String lease =
                otp("ssh-late", token("{'policies':['otp'],'ttl':'2s'}")).body().getString("lease_id");
        assertThat(lookup(lease).status()).isEqualTo(200);

        store().pass(Duration.ofSeconds(3));

        assertThat(await(() -> lookup(lease).status() == 400)).isTrue();
    }

    @Test
    void aLeaseThatCannotBeRenewedSaysSoAndIsRevokedByItself() throws IOException {
        sshMount("ssh-fix");
        String token = token("{'policies':['otp']}");
        Answer made = otp("ssh-fix", token);
        assertThat(made.body().getBoolean("renewable")).isFalse();
        JsonObject lease = new JsonObject().add("lease_id", made.body().getString("lease_id"));

        Answer renewal = root().as(token).put("sys/leases/renew", lease);
        assertThat(renewal.status()).isEqualTo(400);
        assertThat(errors(renewal)).contains("lease is not renewable");
        assertThat(root().put("sys/leases/revoke", lease).status()).isEqualTo(204);
        assertThat(lookup(made.body().getString("lease_id")).status()).isEqualTo(400);

        JsonObject unknown = new JsonObject().add("lease_id", "none/x");
        assertThat(errors(root().put("sys/leases/renew", unknown))).contains("lease not found");
        assertThat(errors(root().put("sys/leases/lookup", unknown))).contains("invalid lease");
        assertThat(root().put("sys/leases/revoke", unknown).status()).isEqualTo(204);
        assertThat(root().put("sys/renew/none/x", new JsonObject()).status()).isEqualTo(404);
    }

    @Test
    void pkiIssuesCertificatesWithALeaseWhereTheRoleSaysSo() throws IOException {
        mount("pki", "{'type':'pki'}");
        root().mustPut("pki/root/generate/internal", json("{'common_name':'root','key_type':'ec'}"));
        root().mustPut(
                        "pki/roles/web",
                        json("{'allow_any_name':true,'max_ttl':'1h','key_type':'ec','generate_lease':true}"));
        long now = root().get("sys/health").body().getLong("server_time_utc");
        Answer issued = root().put("pki/issue/web", json("{'common_name':'web.shop.svc','ttl':'10m'}"));
        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.body().getString("lease_id")).startsWith("pki/issue/web/");
        assertThat(issued.body().getInt("lease_duration")).isBetween(590, 600);
        assertThat(issued.data().getString("certificate")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(issued.data().getString("private_key")).contains("PRIVATE KEY");
        assertThat(issued.data().getLong("expiration") - now).isBetween(590L, 605L);
        assertThat(errors(root().put("pki/issue/none", json("{'common_name':'x.y'}"))))
                .contains("unknown role: none");
    }

    // --- steps ---

    interface Check {
        boolean holds() throws IOException;
    }

    /** Asks again until it holds, at most five seconds long. */
    static boolean await(Check check) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() < end) {
            if (check.holds()) {
                return true;
            }
            LockSupport.parkNanos(5_000_000); // then ask again
        }
        return false;
    }

    Answer lookup(String lease) throws IOException {
        return root().put("sys/leases/lookup", new JsonObject().add("lease_id", lease));
    }

    private void sshMount(String path) throws IOException {
        mount(path, "{'type':'ssh'}");
        root().mustPut(path + "/roles/otp", json("{'key_type':'otp','default_user':'u','cidr_list':'0.0.0.0/0'}"));
        policy("otp", Map.of(path + "/creds/otp", "update"));
    }

    private Answer otp(String path, String token) throws IOException {
        return root().as(token).put(path + "/creds/otp", json("{'ip':'1.2.3.4'}"));
    }

    void mount(String path, String body) throws IOException {
        root().mustPut("sys/mounts/" + path, json(body));
    }

    private void method(String path, String type) throws IOException {
        root().mustPut("sys/auth/" + path, new JsonObject().add("type", type));
    }

    void policy(String name, Map<String, String> paths) throws IOException {
        JsonObject rules = new JsonObject();
        paths.forEach((path, capability) ->
                rules.add(path, new JsonObject().add("capabilities", new JsonArray().add(capability))));
        root().mustPut(
                        "sys/policies/acl/" + name,
                        new JsonObject()
                                .add(
                                        "policy",
                                        new JsonObject().add("path", rules).toString()));
    }

    String token(String body) throws IOException {
        return root().put("auth/token/create", json(body)).auth().getString("client_token");
    }
}
