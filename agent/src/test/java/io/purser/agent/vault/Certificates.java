package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and its self-signed certificate, made by the JDK's own keytool. */
final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;

    /** @param names for example {@code dns:localhost,ip:127.0.0.1} */
    Certificates(Path directory, String name, String algorithm, String names) throws Exception {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-keyalg",
                algorithm));
        if (!names.isEmpty()) {
            command.addAll(List.of("-ext", "san=" + names));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
    }

    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(alias()).getEncoded());
    }

    Key key() throws GeneralSecurityException {
        return store.getKey(alias(), PASSWORD);
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
        trusted.setCertificateEntry("client", client.store.getCertificate(client.alias()));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private String alias() throws GeneralSecurityException {
        return store.aliases().nextElement();
    }
}
