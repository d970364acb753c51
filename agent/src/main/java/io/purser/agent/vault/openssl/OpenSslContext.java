package io.purser.agent.vault.openssl;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Whom a client trusts and what it shows of itself. It keeps the session of the connection that was closed last, with which the next
 * one to the same server needs no new handshake in full.
 */
public final class OpenSslContext implements AutoCloseable {

    /** 0 once it is closed. */
    private long context;

    private String sessionOf = "";
    private long session;

    /**
     * One that trusts nobody yet.
     *
     * @param verified false for any certificate and any name
     * @throws GeneralSecurityException if OpenSSL makes none, as without memory
     */
    public OpenSslContext(boolean verified) throws GeneralSecurityException {
        context = OpenSsl.newContext(verified);
        if (context == 0) {
            throw new GeneralSecurityException("OpenSSL cannot be used");
        }
    }

    /** Whether there is OpenSSL: it comes with the distribution. */
    public static boolean isThere() {
        return OpenSsl.THERE;
    }

    /**
     * Trusts a certificate, and what it has signed.
     *
     * @param der the certificate
     * @param origin where it is from, for messages
     * @throws GeneralSecurityException if it is none
     */
    public synchronized void trust(byte[] der, String origin) throws GeneralSecurityException {
        check(OpenSsl.trust(context, der), origin + " holds a certificate that cannot be read");
    }

    /**
     * Trusts all certificates of a file.
     *
     * @param file certificates in PEM
     * @throws GeneralSecurityException if it holds none
     */
    public synchronized void trust(Path file) throws GeneralSecurityException {
        check(OpenSsl.trustFile(context, file.toString()), file + " holds no certificate in PEM");
    }

    /**
     * Shows a certificate to a server that asks for one.
     *
     * @param chain in DER, its own certificate first
     * @param key its private key in DER, in PKCS#8 or the older forms of RSA and elliptic curves
     * @param origin where the key is from, for messages
     * @throws GeneralSecurityException if one cannot be used, or they do not belong together
     */
    public synchronized void identify(List<byte[]> chain, byte[] key, String origin) throws GeneralSecurityException {
        boolean leaf = true;
        for (byte[] certificate : chain) {
            check(OpenSsl.addOwn(context, certificate, leaf), "the client certificate cannot be read");
            leaf = false;
        }
        check(
                OpenSsl.setKey(context, key),
                origin + " holds a private key that cannot be used, or of another certificate");
    }

    /** The address of a new connection, which tries to go on with the last session. */
    synchronized long connect(String name, int port) throws SSLException {
        if (context == 0) {
            throw new SSLException("the certificates have been replaced"); // the next request has the new ones
        }
        long known = sessionOf.equals(key(name, port)) ? session : 0;
        long connection = OpenSsl.newConnection(context, name, known);
        if (connection == 0) {
            throw new SSLException("OpenSSL makes no connection to " + name);
        }
        return connection;
    }

    /** Before the connection is freed. */
    synchronized void keepSession(long connection, String name, int port) {
        long next = context == 0 ? 0 : OpenSsl.session(connection);
        if (next != 0) {
            OpenSsl.freeSession(session);
            session = next;
            sessionOf = key(name, port);
        }
    }

    private static String key(String name, int port) {
        return name + ":" + port;
    }

    private static void check(boolean done, String otherwise) throws GeneralSecurityException {
        if (!done) {
            throw new GeneralSecurityException(otherwise);
        }
    }

    /** Its connections live on. */
    @Override
    public synchronized void close() {
        OpenSsl.freeSession(session);
        OpenSsl.freeContext(context);
        session = 0;
        context = 0;
    }
}
