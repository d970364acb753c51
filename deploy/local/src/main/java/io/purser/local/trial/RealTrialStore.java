package io.purser.local.trial;

import io.purser.agent.config.AuthConfig;
import io.purser.certs.authority.InvalidPemException;
import io.purser.local.cluster.TokenIssuer;
import io.purser.local.store.StoreClient;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A store that somebody else runs. Nothing is changed in it. */
final class RealTrialStore implements TrialStore {

    private final URI address;
    private final @Nullable String caPem;

    private RealTrialStore(URI address, @Nullable String caPem) {
        this.address = address;
        this.caPem = caPem;
    }

    /** Looks whether the store is there and trusted, so that a wrong address or CA is told at once. */
    static RealTrialStore connect(URI address, @Nullable Path ca) throws TrialException, IOException {
        String pem = null;
        SSLContext tls = null;
        if (ca != null) {
            if (!Files.exists(ca)) {
                throw TrialException.input("there is no file " + ca + "; --ca takes the store's CA certificates, PEM");
            }
            pem = Files.readString(ca);
            try {
                tls = TlsContexts.client(pem);
            } catch (InvalidPemException e) {
                throw TrialException.input(ca + " holds no certificate in PEM");
            }
        }
        try {
            StoreClient.Answer health = StoreClient.of(address, tls).get("sys/health");
            if (health.status() == 503) {
                throw TrialException.outside("the store at " + address + " is sealed; unseal it first");
            }
        } catch (SSLException untrusted) {
            throw TrialException.outside("the certificate of the store at " + address + " is not trusted: "
                    + (ca == null ? "no CA of this Java runtime" : "no CA in " + ca)
                    + " has signed it for this name; give the one that has with --ca");
        } catch (IOException e) {
            throw TrialException.outside("the store at " + address + " cannot be reached: " + reason(e)
                    + "; see that it runs and that the address is right");
        }
        return new RealTrialStore(address, pem);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? "nothing answers there" : message;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public @Nullable String caPem() {
        return caPem;
    }

    @Override
    public String description() {
        return address.toString();
    }

    @Override
    public void admit(TokenIssuer.Identity identity, AuthConfig auth) {
        // Whom the store lets in is its own affair.
    }

    @Override
    public Set<String> knownValues() {
        return Set.of();
    }

    @Override
    public @Nullable String obstacle() {
        return null;
    }

    @Override
    public @Nullable String rotate() {
        return null;
    }

    @Override
    public String settle() {
        return "the agents have ended; what they did not revoke ends with its time";
    }

    @Override
    public void close() {}
}
