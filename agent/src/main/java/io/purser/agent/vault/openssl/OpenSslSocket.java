package io.purser.agent.vault.openssl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a connected socket. One thread may read while another writes, and any may close it. The peer's name is always checked.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is a lock of its own here
final class OpenSslSocket extends FixedSslSocket {

    /** The most that OpenSsl takes or gives at once. */
    private static final int PIECE = 16 << 10;

    private final boolean autoClose;
    private final OpenSslContext context;
    private final String name;
    private final byte[] coming = new byte[PIECE];
    private final byte[] going = new byte[PIECE];
    private final InputStream input = new Decrypted();
    private final OutputStream output = new Encrypted();

    /** Held while {@link #connection} is used. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Held by whoever shakes hands, to the end. */
    private final ReentrantLock first = new ReentrantLock();

    /** 0 once it is closed. */
    private long connection;

    private volatile boolean established;

    /** @param name what the peer's certificate must bear, a name or an address */
    OpenSslSocket(Socket connected, boolean autoClose, OpenSslContext context, String name) throws SSLException {
        super(connected);
        this.autoClose = autoClose;
        this.context = context;
        this.name = name;
        this.connection = context.connect(name, connected.getPort());
    }

    @Override
    public void startHandshake() throws IOException {
        if (established) {
            return;
        }
        first.lock();
        try {
            while (!established && !shakeHands()) {
                if (!receive()) {
                    throw new SSLHandshakeException("the server ended the connection during the handshake");
                }
            }
        } finally {
            first.unlock();
        }
    }

    /** As far as it goes with what has come; whether that was to the end. */
    private boolean shakeHands() throws IOException {
        lock.lock();
        try {
            int outcome = OpenSsl.handshake(open());
            @Nullable String reason = outcome < 0 ? reason() : null;
            send(); // to the peer, too, why it failed
            if (reason != null) {
                throw new SSLHandshakeException(reason);
            }
            established = outcome == OpenSsl.DONE;
            return established;
        } finally {
            lock.unlock();
        }
    }

    private int read(byte[] to, int at, int length) throws IOException {
        if (length == 0) {
            return 0; // which OpenSSL takes for an error
        }
        startHandshake();
        int count = decrypt(to, at, length);
        while (count == OpenSsl.WANTS_INPUT) {
            if (!receive()) {
                return OpenSsl.ENDED; // without the peer's word; HTTP knows whether that was too early
            }
            count = decrypt(to, at, length);
        }
        return count;
    }

    private int decrypt(byte[] to, int at, int length) throws IOException {
        lock.lock();
        try {
            int count = OpenSsl.read(open(), to, at, length);
            @Nullable String reason = count < OpenSsl.ENDED ? reason() : null;
            send(); // what a change of keys asks for
            if (reason != null) {
                throw new SSLException(reason);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] from, int at, int length) throws IOException {
        startHandshake();
        lock.lock();
        try {
            for (int done = 0; done < length; ) {
                int count = OpenSsl.write(open(), from, at + done, length - done);
                if (count <= 0) {
                    throw new SSLException(reason());
                }
                done += count;
                send();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether something came. Without the lock, so that the socket can be closed meanwhile. */
    private boolean receive() throws IOException {
        int count = connected.getInputStream().read(coming);
        if (count < 0) {
            return false;
        }
        lock.lock();
        try {
            if (!OpenSsl.put(open(), coming, count)) {
                throw new SSLException("there is no memory for what the server sends");
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private void send() throws IOException {
        for (int count = OpenSsl.take(connection, going); count > 0; count = OpenSsl.take(connection, going)) {
            connected.getOutputStream().write(going, 0, count);
        }
    }

    private long open() throws SocketException {
        if (connection == 0) {
            throw new SocketException("Socket closed");
        }
        return connection;
    }

    /** What OpenSSL says, and the name where that is the matter. */
    private String reason() {
        String said = OpenSsl.reason(connection);
        return said.endsWith("mismatch") ? said + " with " + name : said;
    }

    @Override
    public void close() throws IOException {
        if (!lock.tryLock()) {
            connected.close(); // which ends a write that another thread waits for
            lock.lock();
        }
        try {
            if (connection != 0) {
                end();
            }
        } finally {
            lock.unlock();
        }
        if (autoClose) {
            connected.close();
        }
    }

    private void end() {
        try {
            OpenSsl.end(connection);
            send();
        } catch (IOException e) {
            // the peer was gone before
        }
        if (established) {
            context.keepSession(connection, name, connected.getPort());
        }
        OpenSsl.freeConnection(connection);
        connection = 0;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    private final class Decrypted extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            return OpenSslSocket.this.read(to, at, length);
        }

        @Override
        public void close() throws IOException {
            OpenSslSocket.this.close();
        }
    }

    private final class Encrypted extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            OpenSslSocket.this.write(from, at, length);
        }

        @Override
        public void close() throws IOException {
            OpenSslSocket.this.close();
        }
    }
}
