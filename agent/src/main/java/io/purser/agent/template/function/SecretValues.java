package io.purser.agent.template.function;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.JsonNumber;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store's answer as consul-template shows it to a template. */
public final class SecretValues {
    private SecretValues() {}

    /** A pointer to a secret. */
    static GoStruct of(Secret secret) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("RequestID", secret.requestId());
        fields.put("LeaseID", secret.leaseId());
        fields.put("LeaseDuration", secret.leaseDuration().toSeconds());
        fields.put("Renewable", secret.renewable());
        fields.put("Data", data(secret.data()));
        fields.put("Warnings", strings(secret.warnings()));
        fields.put("Auth", auth(secret.auth()));
        fields.put("WrapInfo", wrapInfo(secret.wrapInfo()));
        return GoStruct.pointer("dependency.Secret", fields);
    }

    private static GoMap data(@Nullable JsonObject data) {
        return data == null || data.isEmpty() ? GoMap.nil(GoType.MAP) : map(data, 0);
    }

    /** A JSON value of a secret, its numbers with the store's text. */
    public static @Nullable Object of(JsonValue value) {
        return of(value, 0);
    }

    private static @Nullable Object of(JsonValue value, int depth) {
        Bounds.checkDepth(depth);
        if (value.isObject()) {
            return map(value.asObject(), depth);
        }
        if (value.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            value.asArray().forEach(item -> items.add(of(item, depth + 1)));
            return GoList.of(items);
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return value.isNumber() ? new JsonNumber(value.toString()) : null;
    }

    private static GoMap map(JsonObject object, int depth) {
        GoMap map = GoMap.create();
        object.forEach(member -> map.put(member.getName(), of(member.getValue(), depth + 1)));
        return map;
    }

    private static GoList strings(@Nullable List<String> strings) {
        return strings == null || strings.isEmpty() ? GoList.nil(GoType.STRINGS) : GoList.ofStrings(strings);
    }

    private static GoStruct auth(Secret.@Nullable Auth auth) {
        if (auth == null) {
            return GoStruct.nil("dependency.SecretAuth");
        }
        GoMap metadata = auth.metadata() == null ? GoMap.nil(GoType.STRING_MAP) : GoMap.create(GoType.STRING_MAP);
        if (auth.metadata() != null) {
            auth.metadata().forEach(metadata::put);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ClientToken", auth.clientToken());
        fields.put("Accessor", auth.accessor());
        fields.put("Policies", strings(auth.policies()));
        fields.put("Metadata", metadata);
        fields.put("LeaseDuration", auth.leaseDuration().toSeconds());
        fields.put("Renewable", auth.renewable());
        return GoStruct.pointer("dependency.SecretAuth", fields);
    }

    private static GoStruct wrapInfo(Secret.@Nullable Wrapping wrap) {
        if (wrap == null) {
            return GoStruct.nil("dependency.SecretWrapInfo");
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Token", wrap.token());
        fields.put("TTL", wrap.ttl().toSeconds());
        fields.put("CreationTime", time(wrap.creationTime()));
        fields.put("WrappedAccessor", wrap.wrappedAccessor());
        return GoStruct.pointer("dependency.SecretWrapInfo", fields);
    }

    private static GoTime time(String text) {
        try {
            return new GoTime(OffsetDateTime.parse(text).toZonedDateTime());
        } catch (DateTimeParseException e) {
            return new GoTime(
                    OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toZonedDateTime());
        }
    }
}
