using Microsoft.AspNetCore.Identity;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>Says in Vietnamese, by field, what Identity refused.</summary>
internal static class IdentityErrors
{
    /// <exception cref="ProblemException">400 INVALID_INPUT; a stale account ends as 409 STALE.</exception>
    public static void ThrowIfFailed(this IdentityResult result, int shortestPassword)
    {
        if (result.Succeeded)
        {
            return;
        }

        var errors = new InputErrors();
        foreach (var error in result.Errors)
        {
            _ = error.Code switch
            {
                nameof(IdentityErrorDescriber.DuplicateUserName) => errors.Add("userName", "Tên đăng nhập đã có người dùng."),
                nameof(IdentityErrorDescriber.InvalidUserName) => errors.Add("userName", "Chỉ gồm chữ thường không dấu, số và . - _ @."),
                nameof(IdentityErrorDescriber.InvalidEmail) => errors.Add("email", "Địa chỉ thư điện tử không hợp lệ."),
                nameof(IdentityErrorDescriber.PasswordTooShort) => errors.Add("password", $"Mật khẩu phải có ít nhất {shortestPassword} ký tự."),
                nameof(IdentityErrorDescriber.ConcurrencyFailure) => throw new Storage.StaleException(),
                _ => errors.Add("password", "Mật khẩu không được chấp nhận."),
            };
        }

        errors.ThrowIfAny();
    }
}
