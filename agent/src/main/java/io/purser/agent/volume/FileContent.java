package io.purser.agent.volume;

/**
 * What a file is to be.
 *
 * @param destination absolute path as the agent's container sees it
 * @param content its bytes; a secret
 * @param mode its permissions
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
public record FileContent(String destination, byte[] content, FileMode mode) {

    /** Everything but the content. */
    @Override
    public String toString() {
        return "FileContent[destination=" + destination + ", mode=" + mode + ", content=[REDACTED]]";
    }
}
