package io.purser.local.store;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine {@code pki}: issues serving certificates under a root of its own. */
final class Pki implements Backend {

    private final Map<String, Fields> roles = new TreeMap<>();
    private final Leases leases;
    private final Clock clock;
    private @Nullable CertificateAuthority root;

    Pki(Leases leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public Reply handle(Call call) {
        if (call.path().equals("root/generate/internal") && call.is(Operation.WRITE)) {
            return generate(call.fields());
        }
        String role = call.after("roles");
        if (role != null && call.is(Operation.WRITE)) {
            roles.put(role, call.fields());
            return Reply.of(call.fields().json());
        }
        String issue = call.after("issue");
        if (issue != null && call.is(Operation.WRITE)) {
            return issue(call, issue);
        }
        throw Refusal.unsupported();
    }

    private Reply generate(Fields asked) {
        Duration validity = asked.duration("ttl", Term.SYSTEM);
        CertificateAuthority authority =
                CertificateAuthority.create(asked.text("common_name"), validity, clock.instant());
        root = authority;
        return Reply.of(new JsonObject()
                .add("certificate", authority.certificatePem().strip())
                .add("issuing_ca", authority.certificatePem().strip())
                .add(
                        "expiration",
                        authority.certificate().getNotAfter().toInstant().getEpochSecond()));
    }

    private Reply issue(Call call, String name) {
        Fields role = roles.get(name);
        if (role == null) {
            throw new Refusal(400, "unknown role: " + name);
        }
        if (root == null) {
            throw new Refusal(500, "1 error occurred:\n\t* error fetching CA certificate: no default issuer\n\n");
        }
        Fields asked = call.fields();
        Instant now = clock.instant();
        Duration fallback = role.duration("ttl");
        Term term = Term.begin(now, asked.duration("ttl", fallback), role.duration("max_ttl"));
        Leaf leaf = leaf(root, asked, term, now);
        JsonObject secret = secret(root, leaf);
        if (!role.flag("generate_lease", false)) {
            return Reply.of(secret);
        }
        Lease lease = leases.add(new Lease(call.fullPath() + "/" + Ids.random(), call.caller(), term, null, () -> {}));
        return Reply.leased(lease, term.left(now), secret);
    }

    private static Leaf leaf(CertificateAuthority root, Fields asked, Term term, Instant now) {
        List<String> names = new ArrayList<>();
        names.add(asked.text("common_name"));
        names.addAll(asked.texts("alt_names"));
        names.addAll(asked.texts("ip_sans"));
        try {
            return root.issue(names, term.ttl(), now);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject secret(CertificateAuthority root, Leaf leaf) {
        X509Certificate certificate = leaf.certificate();
        String serial = HexFormat.ofDelimiter(":")
                .formatHex(certificate.getSerialNumber().toByteArray());
        String ca = root.certificatePem().strip();
        return new JsonObject()
                .add("ca_chain", new JsonArray().add(ca))
                .add("certificate", leaf.certificateChainPem().strip())
                .add("expiration", certificate.getNotAfter().toInstant().getEpochSecond())
                .add("issuing_ca", ca)
                .add("private_key", leaf.privateKeyPem().strip())
                .add("private_key_type", "ec")
                .add("serial_number", serial);
    }
}
