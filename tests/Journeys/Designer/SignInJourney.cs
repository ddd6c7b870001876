using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PublicService.Journeys.Designer;

/// <summary>Who gets in, and what each sees.</summary>
[Collection(nameof(House))]
public sealed class SignInJourney(House house)
{
    [Fact]
    public async Task An_analyst_signs_in_finds_a_procedure_and_signs_out()
    {
        await using var visit = await house.StrangerAsync();
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dang-nhap"));
        await visit.ShotAsync("dang-nhap");

        await visit.SignInAsync("quantri");
        await visit.Page.GetByLabel("Tìm").FillAsync("khai sinh");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tìm" }).ClickAsync();
        await Expect(visit.Page.Locator("tbody tr", new() { HasText = "1.001193" })).ToBeVisibleAsync();
        await visit.ShotAsync("thu-tuc");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dang-nhap"));
    }

    [Fact]
    public async Task An_officer_is_refused()
    {
        await using var visit = await house.VisitAsync("hotich");

        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Không có quyền");
        await visit.ShotAsync("khong-co-quyen");
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_nothing_else()
    {
        await using var visit = await house.StrangerAsync();
        await visit.SignInAsync("quantri", "sai");

        await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Tài khoản hoặc mật khẩu không đúng." })).ToBeVisibleAsync();
    }
}
