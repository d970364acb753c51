package io.purser.webhook.admission;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.purser.webhook.pod.PodFormatException;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one AdmissionReview in one pass. */
final class ReviewReader {

    private static final String GROUP = "admission.k8s.io/";

    private final JsonParser parser;
    private String apiVersion = "";
    private String kind = "";
    private boolean hasRequest;
    private String uid = "";
    private String objectKind = "";
    private String subResource = "";
    private String operation = "";
    private String namespace = "";
    private String name = "";
    private boolean dryRun;
    private @Nullable PodSnapshot pod;
    private @Nullable String unreadable;

    private ReviewReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a review.
     *
     * @param body UTF-8 JSON in its first {@code length} bytes
     * @throws MalformedReviewException when it is none, or lacks what an answer needs
     */
    static Review read(byte[] body, int length) throws MalformedReviewException {
        if (length == 0) {
            throw new MalformedReviewException("The body is empty; send an AdmissionReview.");
        }
        try (JsonParser parser = PodReader.JSON.createParser(body, 0, length)) {
            ReviewReader reader = new ReviewReader(parser);
            reader.review();
            return reader.checked();
        } catch (JsonProcessingException e) {
            throw new MalformedReviewException(
                    "The body is not JSON that can be read: " + e.getOriginalMessage() + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new MalformedReviewException("The body cannot be read as JSON: " + e.getMessage() + ".");
        }
    }

    /** A bound that was passed has no place. */
    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private void review() throws IOException, MalformedReviewException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedReviewException("The body is not a JSON object; send an AdmissionReview.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "apiVersion" -> apiVersion = text();
                case "kind" -> kind = text();
                case "request" -> request();
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new MalformedReviewException("More follows the AdmissionReview; send one in a request.");
        }
    }

    private void request() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        hasRequest = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "uid" -> uid = text();
                case "kind" -> objectKind = groupKind();
                case "subResource" -> subResource = text();
                case "operation" -> operation = text();
                case "namespace" -> namespace = text();
                case "name" -> name = text();
                case "dryRun" -> {
                    dryRun = parser.currentToken() == JsonToken.VALUE_TRUE;
                    parser.skipChildren();
                }
                case "object" -> object();
                default -> parser.skipChildren();
            }
        }
    }

    private void object() throws IOException {
        boolean ofAnotherKind = !objectKind.isEmpty() && !objectKind.equals("Pod");
        if (ofAnotherKind || parser.currentToken() == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            unreadable = "the request's object must be an object";
            parser.skipChildren();
            return;
        }
        int depth = parser.getParsingContext().getNestingDepth(); // of the object's own fields
        try {
            pod = PodReader.read(parser);
        } catch (PodFormatException e) {
            unreadable = e.getMessage();
            leave(depth);
        }
    }

    /** Goes on to the end of the object whose fields lie {@code depth} deep, from somewhere in its midst. */
    private void leave(int depth) throws IOException {
        while (parser.getParsingContext().getNestingDepth() >= depth) {
            parser.nextToken();
        }
    }

    private String groupKind() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return "";
        }
        String group = "";
        String simpleKind = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "group" -> group = text();
                case "kind" -> simpleKind = text();
                default -> parser.skipChildren();
            }
        }
        return group.isEmpty() ? simpleKind : group + "/" + simpleKind;
    }

    private String text() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }

    private Review checked() throws MalformedReviewException {
        if (hasRequest && kind.isEmpty() && apiVersion.isEmpty()) {
            // The peer takes a review that does not say its type for one of v1.
            kind = "AdmissionReview";
            apiVersion = GROUP + "v1";
        }
        if (!kind.equals("AdmissionReview")) {
            throw new MalformedReviewException(
                    "The body is not an AdmissionReview but " + (kind.isEmpty() ? "has no kind" : "a " + kind) + ".");
        }
        if (!apiVersion.equals(GROUP + "v1") && !apiVersion.equals(GROUP + "v1beta1")) {
            throw new MalformedReviewException("The AdmissionReview's apiVersion is \"" + apiVersion + "\"; " + GROUP
                    + "v1 and " + GROUP + "v1beta1 are answered.");
        }
        if (!hasRequest) {
            throw new MalformedReviewException("The AdmissionReview has no request.");
        }
        if (uid.isEmpty()) {
            throw new MalformedReviewException("The AdmissionReview's request has no uid.");
        }
        return new Review(
                apiVersion, uid, objectKind, subResource, operation, namespace, name, dryRun, pod, unreadable);
    }
}
