package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and its self-signed certificate, made by the JDK's own keytool. */
final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store = KeyStore.getInstance("PKCS12");
    private final String alias;

    /** @param names for example {@code dns:localhost,ip:127.0.0.1}; may be empty */
    Certificates(Path directory, String alias, String algorithm, String names) throws Exception {
        this(directory, alias, algorithm, names, List.of());
    }

    /** A certificate with a CA above it, as a store has: {@link #authority} is what to trust. */
    static Certificates signed(Path directory, String alias, String algorithm, String names) throws Exception {
        return signed(directory, alias, algorithm, names, List.of());
    }

    /** One that was valid for two days, until a week ago; its CA is valid. */
    static Certificates expired(Path directory, String alias, String names) throws Exception {
        return signed(directory, alias, "EC", names, List.of("-startdate", "-9d"));
    }

    private static Certificates signed(Path directory, String alias, String algorithm, String names, List<String> more)
            throws Exception {
        generate(directory.resolve(alias + ".p12"), options("ca", algorithm, List.of("-ext", "bc:c=ca:true")));
        List<String> options = new ArrayList<>(List.of("-signer", "ca"));
        options.addAll(more);
        return new Certificates(directory, alias, algorithm, names, options);
    }

    private Certificates(Path directory, String alias, String algorithm, String names, List<String> more)
            throws Exception {
        this.alias = alias;
        Path file = directory.resolve(alias + ".p12");
        List<String> options = options(alias, algorithm, more);
        if (!names.isEmpty()) {
            options.addAll(List.of("-ext", "san=" + names));
        }
        generate(file, options);
        load(file);
        store.deleteEntry("ca"); // a server has the leaf's key only
    }

    private static List<String> options(String alias, String algorithm, List<String> more) {
        List<String> options = new ArrayList<>(List.of("-alias", alias, "-dname", "CN=" + alias, "-keyalg", algorithm));
        if (algorithm.equals("EC")) {
            options.addAll(List.of("-groupname", "secp256r1")); // newer keytools prefer another
        }
        options.addAll(more);
        return options;
    }

    private static void generate(Path file, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-validity",
                "2"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    private void load(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
    }

    /** The certificate of the CA above. */
    String authority() throws GeneralSecurityException {
        Certificate[] chain = store.getCertificateChain(alias);
        return pem("CERTIFICATE", chain[chain.length - 1].getEncoded());
    }

    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
    }

    Key key() throws GeneralSecurityException {
        return store.getKey(alias, PASSWORD);
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    /** What a server uses that has this key; it trusts clients with the other's certificate. */
    SSLContext server(Certificates client) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, PASSWORD);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("client", client.store.getCertificate(client.alias));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
