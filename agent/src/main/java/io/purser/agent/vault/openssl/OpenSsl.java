package io.purser.agent.vault.openssl;

/**
 * OpenSSL's functions, through the library that the distribution brings ({@code purser-tls.c}). Contexts, connections and sessions are
 * addresses in its memory, 0 where there is none; nothing here may be called with one that was freed, nor from two threads
 * for one connection.
 */
final class OpenSsl {

    /** Of {@link #handshake}: it is over. */
    static final int DONE = 1;
    /** Of {@link #handshake}, {@link #read} and {@link #write}: bytes of the peer are needed first. */
    static final int WANTS_INPUT = 0;
    /** Of {@link #read}: the peer has said that nothing follows. */
    static final int ENDED = -1;

    /** Where the library is; set by the distribution's launcher. */
    private static final String PROPERTY = "purser.tls";

    static final boolean THERE = load();

    private OpenSsl() {}

    private static boolean load() {
        String library = System.getProperty(PROPERTY);
        if (library == null) {
            return false;
        }
        System.load(library);
        return true;
    }

    static native long newContext(boolean verified);

    static native void freeContext(long context);

    static native boolean trust(long context, byte[] der);

    static native boolean trustFile(long context, String file);

    static native boolean addOwn(long context, byte[] der, boolean leaf);

    static native boolean setKey(long context, byte[] der);

    static native long newConnection(long context, String name, long session);

    static native void end(long connection);

    static native void freeConnection(long connection);

    static native long session(long connection);

    static native void freeSession(long session);

    static native int handshake(long connection);

    static native int read(long connection, byte[] to, int at, int length);

    static native int write(long connection, byte[] from, int at, int length);

    static native boolean put(long connection, byte[] from, int length);

    static native int take(long connection, byte[] to);

    static native String reason(long connection);

    static native boolean random(byte[] to);
}
