#include "engine/recording/compress.h"

#include <zstd.h>

#include <memory>

namespace nuages::recording {

namespace {

constexpr int level = 3;

struct FreeContext {
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

} // namespace

std::string compress(std::string_view bytes, std::string_view base)
{
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_refPrefix(context.get(), base.data(), base.size());
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size()));
    return packed;
}

std::optional<std::string> decompress(std::string_view packed, std::size_t size, std::string_view base)
{
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != size)
        return std::nullopt;
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
    ZSTD_DCtx_refPrefix(context.get(), base.data(), base.size());
    std::string bytes(size, '\0');
    if (ZSTD_decompressDCtx(context.get(), bytes.data(), size, packed.data(), packed.size()) != size)
        return std::nullopt;
    return bytes;
}

} // namespace nuages::recording
