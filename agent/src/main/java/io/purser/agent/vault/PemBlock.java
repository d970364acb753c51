package io.purser.agent.vault;

/**
 * A block of PEM, decoded.
 *
 * @param kind what its first line says that it is, such as {@code EC PRIVATE KEY}
 * @param der its bytes
 * @param origin the file or setting it is from, for messages
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String kind, byte[] der, String origin) {

    @Override
    public String toString() {
        return "PemBlock[" + kind + " of " + origin + "]";
    }
}
